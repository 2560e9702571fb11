import Testing

@testable import Scheduling

@Suite("A bell", .timeLimit(.minutes(1)))
struct BellTests {
    @Test func `wakes who waits next when it is rung beforehand`() async {
        let bell = Bell()
        bell.ring()
        bell.ring()
        await bell.wait()
    }

    @Test func `lets a cancelled task go, two hundred times in a row`() async {
        let bell = Bell()
        for _ in 0..<200 {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await bell.wait() }
                group.cancelAll()
            }
        }
        // The one that is rung for now is not lost on those that went.
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bell.wait() }
            group.addTask { bell.ring() }
        }
    }
}
