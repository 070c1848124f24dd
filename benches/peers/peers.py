"""SimPy and Ciw on the workloads of the benchmark: `peers.py ENGINE WORKLOAD CUSTOMERS` prints seconds and a mean wait."""

import random
import sys
import time

# rate an hour; per station people, mean service in hours, and (share, station) of where cases go
SPOKE = (2, 0.6, [(0.1, 0)])
WORKLOADS = {
    "w1": (0.9, [(1, 1.0, [])]),
    "w2": (7.2, [(8, 1.0, [])]),
    "w3": (10.0, [(4, 0.2, [(0.2, to) for to in range(1, 5)])] + [SPOKE] * 4),
}


def simpy_wait(rate, stations, customers):
    import simpy

    chance = random.Random(1)
    house = simpy.Environment()
    desks = [simpy.Resource(house, capacity=people) for people, _, _ in stations]
    waits = []

    def customer():
        at = 0
        while at is not None:
            _, mean, ways = stations[at]
            came = house.now
            with desks[at].request() as turn:
                yield turn
                if at == 0:
                    waits.append(house.now - came)
                yield house.timeout(chance.expovariate(1 / mean))
            unit, at = chance.random(), None
            for share, to in ways:
                unit -= share
                if unit < 0:
                    at = to
                    break

    def door():
        for _ in range(customers):
            yield house.timeout(chance.expovariate(rate))
            house.process(customer())

    house.process(door())
    house.run()
    return sum(waits) / len(waits)


def ciw_wait(rate, stations, customers):
    import ciw

    ciw.seed(1)
    nobody = [None] * (len(stations) - 1)
    rows = [[dict((to, share) for share, to in ways).get(at, 0.0) for at in range(len(stations))] for _, _, ways in stations]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate)] + nobody,
        service_distributions=[ciw.dists.Exponential(1 / mean) for _, mean, _ in stations],
        routing=rows,
        number_of_servers=[people for people, _, _ in stations],
    )
    run = ciw.Simulation(network)
    run.simulate_until_max_customers(customers, method="Finish")
    waits = [record.waiting_time for record in run.get_all_records() if record.node == 1]
    return sum(waits) / len(waits)


def main():
    engine, workload, customers = sys.argv[1], sys.argv[2], int(sys.argv[3])
    rate, stations = WORKLOADS[workload]
    run = {"simpy": simpy_wait, "ciw": ciw_wait}[engine]
    __import__(engine)
    begin = time.process_time()
    wait = run(rate, stations, customers)
    print(time.process_time() - begin, wait)


main()
