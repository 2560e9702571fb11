import Simulation
import Testing

struct SeededExecutorTests {
    actor Journal {
        private(set) var lines: [String] = []
        func note(_ line: String) { self.lines.append(line) }
    }

    /// Eight workers that sleep and write to one actor; the order in which they meet is the executor's to choose.
    private func story(seed: UInt64) -> [String]? {
        let executor = SeededExecutor(random: SplitMix(seed: seed))
        return executor.run {
            let journal = Journal()
            await withTaskGroup { group in
                for worker in 0..<8 {
                    group.addTask {
                        for round in 0..<5 {
                            try? await executor.sleep(for: .seconds(60))
                            await journal.note("\(worker).\(round) at \(executor.now)")
                        }
                    }
                }
            }
            return await journal.lines
        }
    }

    @Test func theSameSeedTellsTheSameStory() {
        for seed in 0..<50 as Range<UInt64> { #expect(self.story(seed: seed) == self.story(seed: seed)) }
    }

    @Test func otherSeedsTellOtherStories() {
        let stories = Set((0..<50 as Range<UInt64>).map { self.story(seed: $0) })
        #expect(stories.count > 45)
    }

    @Test func timeJumpsToTheNextSleeper() {
        let executor = SeededExecutor(random: SplitMix(seed: 1))
        let now = executor.run {
            try? await executor.sleep(for: .seconds(3 * 365 * 86_400))
            return executor.now
        }
        #expect(now == .seconds(3 * 365 * 86_400))
    }

    @Test func aCancelledSleeperWakesAtOnce() {
        let executor = SeededExecutor(random: SplitMix(seed: 2))
        let now = executor.run {
            await withTaskGroup { group in
                group.addTask { try? await executor.sleep(for: .seconds(3600)) }
                group.addTask { try? await executor.sleep(for: .seconds(1)) }
                await group.next()
                group.cancelAll()
            }
            return executor.now
        }
        #expect(now == .seconds(1))
    }

    @Test func aStandstillIsSeen() {
        let executor = SeededExecutor(random: SplitMix(seed: 1))
        let (silence, source) = AsyncStream<Int>.makeStream()
        let outcome = executor.run { await silence.first { _ in true } }
        #expect(outcome == nil)
        source.finish()
    }
}
