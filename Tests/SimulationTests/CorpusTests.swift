import Foundation
import Simulation
import Testing

struct CorpusTests {
    /// A world that once broke an invariant.
    struct Case: Sendable, CustomTestStringConvertible {
        var seed: UInt64
        var without: Set<FaultKind>
        var withoutChores: Set<Chore>
        var testDescription: String

        /// Reads a line: the seed, then kinds and chores (`upkeep` for all of these) joined by commas or a hyphen, then what
        /// it was.
        init?(_ line: Substring) {
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count == 3, let seed = UInt64(parts[0]) else { return nil }
            self.seed = seed
            let names = parts[1].split(separator: ",").map(String.init)
            self.without = Set(names.compactMap(FaultKind.init(name:)))
            self.withoutChores =
                names.contains("upkeep") ? Set(Chore.allCases) : Set(names.compactMap(Chore.init(name:)))
            self.testDescription = "\(seed): \(parts[2])"
        }
    }

    private static func cases() throws -> [Case] {
        let file = try #require(Bundle.module.url(forResource: "seeds", withExtension: "txt", subdirectory: "Corpus"))
        let text = try String(contentsOf: file, encoding: .utf8)
        return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { try #require(Case($0)) }
    }

    @Test func noWorldOfTheCorpusBreaksAnInvariantAgain() throws {
        for world in try Self.cases() {
            var settings = SimulatedWorld.Settings(seed: world.seed)
            settings.without = world.without
            settings.withoutChores = world.withoutChores
            let report = SimulatedWorld.run(settings)
            #expect(report.violations.isEmpty, "\(world.testDescription)\n\(report.fullStory.suffix(2000))")
        }
    }
}
