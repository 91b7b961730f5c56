"""AllTick's dialect: its paths, documents, commands and answers, written from its documents.

What the documents leave open is read strictly, and a script's rules can turn most of it:

- A call over a window is answered 605, one over the day 429 with that HTTP status. Refused calls
  count. A day is any 24 hours.
- A WebSocket request that comes too soon is answered 606; the connection it came on is closed.
  A handshake that is one too many or too early is refused with 429.
- One unknown code (600) or one outside the plan (604) refuses the whole request, and what was
  subscribed before stays. Codes beyond the plan's number are cut off first.
- An empty list is malformed: a subscription is ended by 22006.
- The Hong Kong, mainland and US plans have their own market's stocks and indices, and the whole
  other family.
- ``kline_timestamp_end`` asks for bars that begin at it or before.
- An index of an exchange has no order book: nothing is pushed, and ``/depth-tick`` shows none.
"""
