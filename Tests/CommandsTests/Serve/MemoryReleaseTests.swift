import Synchronization
import Testing

@testable import Commands

@Suite("Memory that nobody uses")
struct MemoryReleaseTests {
    @Test func `is given back once after work, and not while somebody is at work`() {
        let releases = Mutex(0)
        let memory = MemoryRelease { releases.withLock { $0 += 1 } }
        // What the start took is given back too.
        for (isIdle, expected) in [(false, 0), (true, 1), (true, 1)] {
            memory.look(isIdle: isIdle)
            #expect(releases.withLock(\.self) == expected)
        }
        memory.use()
        for (isIdle, expected) in [(false, 1), (true, 2), (true, 2)] {
            memory.look(isIdle: isIdle)
            #expect(releases.withLock(\.self) == expected)
        }
    }
}
