import ArgumentParser
import Simulation

/// `simulate`: years of nights in minutes, or one world again with its story.
@main
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run the backup engine through simulated years of nights and misfortunes.",
        discussion: """
            With --years many worlds are simulated, each with faults of its own. With --seed alone one world is simulated \
            again, and its story is told.
            """
    )

    @Option(help: "How many years of nights to simulate.")
    var years: Double?

    @Option(help: "The seed of the campaign, or of the one world that is wanted; drawn where none is given.")
    var seed: UInt64?

    @Option(help: "How many threads to use.")
    var workers = 2

    @Option(help: "Kinds of faults, chores, the schedule, restores or hurry, to leave out, separated by commas.")
    var without = ""

    @Flag(help: "Stop at the first world with a violation, and do not look for the fewest faults that it takes.")
    var quick = false

    @Flag(help: "List the kinds of faults, the chores, and what else can be left out.")
    var faults = false

    func run() async throws {
        if self.faults {
            return print(SimulatedWorld.Settings.names.joined(separator: "\n"))
        }
        let seed = self.seed ?? UInt64.random(in: 0..<1 << 40)
        let world = try self.world(seed)
        if self.seed != nil, self.years == nil {
            var told = world
            told.isTold = true
            let report = SimulatedWorld.run(told)
            print(report.fullStory)
            throw report.violations.isEmpty ? ExitCode.success : ExitCode.failure
        }
        let years = self.years ?? 10
        let clock = ContinuousClock()
        let began = clock.now
        print("Simulating \(years) years from seed \(seed) on \(self.workers) threads.")
        let campaign = Campaign(
            years: years,
            seed: seed,
            workers: self.workers,
            world: world,
            mostFailures: self.quick ? 1 : 10
        )
        let sum = await campaign.run { progress in
            guard progress.worlds % 500 == 0 else { return }
            print(progress.line(after: clock.now - began))
        }
        print(sum.line(after: clock.now - began))
        for failure in sum.failures {
            print((self.quick ? failure : failure.minimized(world)).summary)
        }
        if !sum.failures.isEmpty { throw ExitCode.failure }
    }

    private func world(_ seed: UInt64) throws -> SimulatedWorld.Settings {
        var settings = SimulatedWorld.Settings(seed: seed)
        for name in self.without.split(separator: ",").map(String.init) where !settings.leaveOut(name) {
            throw ValidationError("'\(name)' is nothing that can be left out; see --faults.")
        }
        return settings
    }
}
