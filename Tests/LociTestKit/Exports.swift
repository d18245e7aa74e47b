// A test imports the kit alone and has the simulation, the exact store and the seeded generator.
@_exported public import LociSimulation
@_exported public import LociSimulation
