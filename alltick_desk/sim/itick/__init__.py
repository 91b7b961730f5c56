"""iTick's dialect: its paths, calls, commands and pushes, written from its documents.

What the documents leave open is read strictly, and a script's rules can turn most of it:

- An error is ``{"code":…,"msg":…,"data":null}`` with HTTP 200; ``msg`` is E001, E002 or E003, or
  says what was wrong with the parameters. A call beyond the minute's budget is answered 429 with
  that HTTP status. Refused calls count.
- One unknown code refuses the whole request, E001, on a WebSocket too, and so does one code more
  than the plan has; what was subscribed before stays.
- A batch of more codes than the plan subscribes is E003, and more than 500 bars are refused.
- A connection evicts an older one of its token and cluster: it is closed without a reason. Where
  both came from one program (one ``User-Agent``) that is a broken limit, since a client that keeps
  the rule never holds two; another program does it freely. One beyond the plan is refused: with
  429 where the token is a header, else as a failed sign-in.
- Only ``ping`` and ping frames are heartbeats; after 60 s without one the connection is closed.
- ``et`` asks for bars that begin at it or before. All history begins with the listing.
- A pushed kline is the bar as it stands after the last trade of each quarter of a second, so the
  last push of a bar is the whole bar. A ``tick`` tells the day's volume for stocks, else its own.
- A halt pushes one more quote, with ``ts`` 1.
- An index of an exchange has no order book: nothing is pushed, and ``/depth`` shows none.
"""
