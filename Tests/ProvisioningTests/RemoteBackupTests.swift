import BackupDomain
import Synchronization
import TestSupport
import Testing

@testable import Provisioning

@Suite("A backup in Azure", .timeLimit(.minutes(1)))
struct RemoteBackupTests {
    /// A host whose executions end as a test says, each after some looks.
    final class ScriptedHost: RemoteHost {
        let title = "the host"
        private let script: Mutex<[[RemoteState]]>
        let starts = Mutex(0)

        init(_ script: [[RemoteState]]) { self.script = Mutex(script) }

        func start() async throws -> RemoteStart {
            self.starts.withLock { count in
                count += 1
                return RemoteStart(name: "run-\(count)", at: nil)
            }
        }

        func state(of name: String) async throws -> RemoteState {
            self.script.withLock { script in
                guard !script.isEmpty else { return .failed("refused") }
                let state = script[0].removeFirst()
                if script[0].isEmpty { script.removeFirst() }
                return state
            }
        }
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var script: [[RemoteState]]
        var rolesAreNew = true
        var starts: Int
        var end: RemoteState

        static let all = [
            Case(
                testDescription: "that goes well",
                script: [[.running, .running, .succeeded]],
                starts: 1,
                end: .succeeded
            ),
            Case(
                testDescription: "that is let in at the third time",
                script: [[.failed("403")], [.running, .failed("403")], [.running, .succeeded]],
                starts: 3,
                end: .succeeded
            ),
            Case(
                testDescription: "that fails with old roles",
                script: [[.failed("x")]],
                rolesAreNew: false,
                starts: 1,
                end: .failed("x")
            ),
            Case(
                testDescription: "that fails after a while",
                script: [Array(repeating: .running, count: 30) + [.failed("x")]],
                starts: 1,
                end: .failed("x")
            ),
            // Half a minute in between, for a quarter of an hour.
            Case(testDescription: "that is never let in", script: [], starts: 31, end: .failed("refused")),
        ]
    }

    @Test(arguments: Case.all)
    func `is followed, and tried again only while new roles may not hold yet`(_ test: Case) async throws {
        let host = ScriptedHost(test.script)
        let backup = RemoteBackup(host: host, clock: ManualClock(sleeping: .advances), timeout: .seconds(3600)) { _ in }
        let end = try await backup.make(rolesAreNew: test.rolesAreNew)
        #expect(end.state == test.end)
        #expect(end.name == "run-\(test.starts)")
    }

    @Test func `that outlasts the timeout goes on in Azure, and says so`() async throws {
        let host = ScriptedHost([Array(repeating: .running, count: 1000)])
        let backup = RemoteBackup(host: host, clock: ManualClock(sleeping: .advances), timeout: .seconds(600)) { _ in }
        let error = await #expect(throws: BackupError.self) { try await backup.make(rolesAreNew: true) }
        #expect(error?.code == .notSeenToTheEnd)
    }
}
