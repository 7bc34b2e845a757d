"""Words of the invented archive: what is counted, what it is like, what names are made of."""

# ruff: noqa: SIM905 - a line a word would be hundreds of lines

MONTHS = """
    January February March April May June July August September October November December
""".split()

THINGS = """
    barges benches boats boilers bridges buses cables carts chapels clinics cows cranes dams
    dinghies ditches engines ferries fields forges gates goats granaries greenhouses hangars
    harvesters hives hotels kilns kiosks ladders lamps lifts lockers looms mills orchards ovens
    parcels piers pipes ponds pumps quarries rafts railings roofs sheds shelters silos sluices
    stables stoves tanks tents timbers towers tractors trams tunnels turbines valves vats wagons
    warehouses wells windmills
""".split()

QUALITIES = """
    abandoned amber ancient broken brick chartered coastal concrete condemned copper corroded
    cracked damaged diesel disused electric empty faulty flooded frozen granite heated hired idle
    insured iron leaking leased licensed listed mobile mortgaged municipal outdated oversized
    painted parish patched portable private registered rented repaired rural rusted salvaged sealed
    seized stolen stranded subsidised sunken surplus tarred thatched tidal unsafe untaxed vacant
    wooden
""".split()

SYLLABLES = """
    ba bre do du fen ga gri ha hol ja ka kel kro la lin lo ma mir mo na ni nor o pel pra ra ri ro sa
    sel sto su ta ter ti tra u va ve vi wel ya zo
""".split()
