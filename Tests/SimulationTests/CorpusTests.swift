import Foundation
import Simulation
import Testing

struct CorpusTests {
    /// A world that once broke an invariant.
    struct Case: Sendable, CustomTestStringConvertible {
        var settings: SimulatedWorld.Settings
        var testDescription: String

        /// Reads a line: the seed, then what is left out (`upkeep` for all chores) joined by commas or a hyphen, then what it was.
        init?(_ line: Substring) {
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, let seed = UInt64(parts[0]) else { return nil }
            self.testDescription = "\(seed): \(parts[2])"
            self.settings = SimulatedWorld.Settings(seed: seed)
            for name in parts[1].split(separator: ",").map(String.init) {
                if name == "upkeep" { self.settings.withoutChores = Set(Chore.allCases) }
                guard ["-", "upkeep"].contains(name) || self.settings.leaveOut(name) else { return nil }
            }
        }
    }

    private static func cases() throws -> [Case] {
        let file = try #require(Bundle.module.url(forResource: "seeds", withExtension: "txt", subdirectory: "Corpus"))
        let text = try String(contentsOf: file, encoding: .utf8)
        return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { try #require(Case($0)) }
    }

    @Test func noWorldOfTheCorpusBreaksAnInvariantAgain() throws {
        for world in try Self.cases() {
            let report = SimulatedWorld.run(world.settings)
            #expect(report.violations.isEmpty, "\(world.testDescription)\n\(report.fullStory.suffix(2000))")
        }
    }
}
