import Synchronization

/// Many worlds, one after the other on several threads.
package struct Campaign: Sendable {
    /// How far a campaign has come.
    package struct Progress: Sendable {
        /// How many worlds have been simulated.
        package var worlds = 0
        /// How many days they lived through.
        package var days = 0
        /// How many nights had a backup: all, but for instances that are backed up every few days only.
        package var nights = 0
        /// How many backups Azure accepted.
        package var backups = 0
        /// How many restores.
        package var restores = 0
        /// How often somebody left a run open for lack of time.
        package var leavings = 0
        /// How many processes ran, and how many of them died.
        package var processes = 0
        /// How many processes died.
        package var crashes = 0
        /// How many records ended with each outcome.
        package var outcomes: [String: Int] = [:]
        /// The worlds in which something went wrong.
        package var failures: [WorldReport] = []

        /// The simulated time in years of 365 days.
        package var years: Double { Double(self.days) / 365 }

        mutating func add(_ report: WorldReport) {
            self.worlds += 1
            self.days += report.days
            self.nights += report.nights
            self.backups += report.backups
            self.restores += report.restores
            self.leavings += report.leavings
            self.processes += report.processes
            self.crashes += report.crashes
            self.outcomes.merge(report.outcomes) { $0 + $1 }
            if !report.violations.isEmpty { self.failures.append(report) }
        }
    }

    private let seed: UInt64
    private let years: Double
    private let workers: Int
    private let world: SimulatedWorld.Settings
    private let mostFailures: Int

    /// Plans a campaign.
    ///
    /// - Parameters:
    ///   - years: How many years, at least.
    ///   - seed: What the seeds of the worlds derive from.
    ///   - workers: On how many threads.
    ///   - world: What is left out; each world has a seed of its own.
    ///   - mostFailures: After how many failed worlds it is given up.
    package init(
        years: Double,
        seed: UInt64,
        workers: Int,
        world: SimulatedWorld.Settings = SimulatedWorld.Settings(seed: 0),
        mostFailures: Int = 10
    ) {
        self.seed = seed
        self.years = years
        self.workers = max(1, workers)
        self.world = world
        self.mostFailures = mostFailures
    }

    /// What the threads share.
    private final class Desk: Sendable {
        private struct State {
            var next = 0
            var progress = Progress()
        }

        private let state = Mutex(State())

        var progress: Progress { self.state.withLock(\.progress) }

        /// Takes the next world; nil where all years are simulated, or enough worlds have failed.
        func take(until years: Double, orUntil failures: Int) -> Int? {
            self.state.withLock { state in
                guard state.progress.years < years, state.progress.failures.count < failures else { return nil }
                defer { state.next += 1 }
                return state.next
            }
        }

        func add(_ report: WorldReport) -> Progress {
            self.state.withLock { state in
                state.progress.add(report)
                return state.progress
            }
        }
    }

    /// Simulates the worlds.
    ///
    /// - Parameter report: Told how far it has come, after every world.
    /// - Returns: The sum.
    package func run(_ report: @escaping @Sendable (Progress) -> Void) async -> Progress {
        let desk = Desk()
        await withDiscardingTaskGroup { group in
            for _ in 0..<self.workers {
                group.addTask {
                    while let index = desk.take(until: self.years, orUntil: self.mostFailures) {
                        var settings = self.world
                        settings.seed = self.seed(of: index)
                        report(desk.add(SimulatedWorld.run(settings)))
                    }
                }
            }
        }
        return desk.progress
    }

    /// The seed of one of the worlds; short, so that a person can type it.
    private func seed(of index: Int) -> UInt64 { SplitMix(seed: self.seed &+ UInt64(index)).stream(7).peek >> 24 }
}
