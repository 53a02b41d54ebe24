# What other programs need for the same questions. One JSON object a line: {"what", "seconds", "says"} or {"skipped"}.
import itertools
import json
import resource
import sys
import time


def tell(what, seconds, says):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"what": what, "seconds": seconds, "says": says, "memory_mb": memory}), flush=True)


def skip(what, error):
    print(json.dumps({"skipped": f"{what}: {error}"}), flush=True)


def negmas(folder):
    from negmas.inout import Scenario
    from negmas.preferences.ops import pareto_frontier

    scenario = Scenario.load(folder, ignore_discount=True)
    began = time.perf_counter()
    points, _ = pareto_frontier(scenario.ufuns, issues=scenario.outcome_space.issues)
    tell("NegMAS frontier", time.perf_counter() - began, f"{len(points)} points")


def listed(values):
    import numpy

    sums = numpy.zeros((1, len(values)), dtype=numpy.int64)
    for issue in range(len(values[0])):
        options = numpy.array([party[issue] for party in values], dtype=numpy.int64).T
        sums = (sums[:, None, :] + options[None, :, :]).reshape(-1, len(values))
    return sums


def moocore(values):
    import moocore

    began = time.perf_counter()
    sums = listed(values)
    kept = moocore.filter_dominated(sums.astype(float), maximise=True)
    tell("moocore on the list of packages", time.perf_counter() - began, f"{len(kept)} points")


def cp_sat(values):
    from ortools.sat.python import cp_model

    began = time.perf_counter()
    model = cp_model.CpModel()
    picks = [[model.new_bool_var(f"{i}.{o}") for o in range(len(options))] for i, options in enumerate(values[0])]
    for options in picks:
        model.add_exactly_one(options)
    least = model.new_int_var(0, 1 << 40, "least")
    for party in values:
        terms = [v * x for options, own in zip(party, picks) for v, x in zip(options, own)]
        model.add(least <= sum(terms))
    model.maximize(least)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = 20
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    word = "the greatest least gain" if status == cp_model.OPTIMAL else "not proven"
    tell(f"CP-SAT, one solution, {len(values)} parties", time.perf_counter() - began, f"{solver.objective_value:.0f}, {word}")


given = json.load(sys.stdin)
for name, peer, argument in (
    ("NegMAS", negmas, given["folder"]),
    ("moocore", moocore, given["small"]),
    ("CP-SAT", cp_sat, given["two"]),
    ("CP-SAT", cp_sat, given["five"]),
):
    if argument is None:
        continue
    try:
        peer(argument)
    except Exception as error:
        skip(name, f"{type(error).__name__}: {error}")
