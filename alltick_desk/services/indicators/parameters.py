"""Whether parameters are ones that an indicator can have, said in sentences."""

import math

from alltick_desk.model.words import Sentence
from alltick_desk.services.indicators.declaration import Indicator, Parameter, Parameters, Value


def filled(indicator: Indicator, given: Parameters) -> dict[str, Value]:
    """Return the indicator's parameters: those given, and the defaults of the others.

    What the indicator has no parameter for is left out.
    """
    parameters = {}
    for parameter in indicator.parameters:
        value = given.get(parameter.id, parameter.default)
        parameters[parameter.id] = float(value) if isinstance(parameter.default, float) else value
    return parameters


def problems(indicator: Indicator, given: Parameters) -> list[Sentence]:
    """Return what is wrong with parameters, a sentence each; none is wrong where it is empty."""
    found: list[Sentence] = []
    wrong = set()
    for parameter in indicator.parameters:
        fault = _fault(indicator, parameter, given.get(parameter.id, parameter.default))
        if fault is not None:
            found.append(fault)
            wrong.add(parameter.id)
    if indicator.growing and not wrong & set(indicator.growing):
        found += _disorder(indicator, filled(indicator, given))
    return found


def _fault(indicator: Indicator, parameter: Parameter, value: object) -> Sentence | None:
    names = {"name": Sentence("Indicators", parameter.title), "indicator": indicator.short}
    if parameter.choices:
        known = [choice for choice, _title in parameter.choices]
        if value in known:
            return None
        words = Sentence("Indicators", "“{name}” of {indicator} must be one of {choices}.")
        return words.format(**names, choices=", ".join(known))
    bounds = {"least": f"{parameter.least:g}", "most": f"{parameter.most:g}"}
    whole = isinstance(parameter.default, int)
    if whole:
        words = Sentence(
            "Indicators", "“{name}” of {indicator} must be a whole number from {least} to {most}."
        )
    else:
        words = Sentence(
            "Indicators", "“{name}” of {indicator} must be a number from {least} to {most}."
        )
    fits = (
        isinstance(value, int if whole else int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and parameter.least <= value <= parameter.most
    )
    return None if fits else words.format(**names, **bounds)


def _disorder(indicator: Indicator, parameters: Parameters) -> list[Sentence]:
    titles = {
        parameter.id: Sentence("Indicators", parameter.title) for parameter in indicator.parameters
    }
    words = Sentence("Indicators", "“{first}” of {indicator} must not exceed “{second}”.")
    return [
        words.format(first=titles[first], second=titles[second], indicator=indicator.short)
        for first, second in zip(indicator.growing, indicator.growing[1:], strict=False)
        if float(parameters[first]) > float(parameters[second])
    ]
