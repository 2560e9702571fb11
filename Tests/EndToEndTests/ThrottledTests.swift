import BackupDomain
import Foundation
import Testing

@Suite("Azure asks to come again in minutes", .timeLimit(.minutes(1)))
struct ThrottledTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var faults: String

        static let all: [Self] = [
            Self(
                testDescription: "the POST",
                faults: """
                    [{"method": "POST", "path": "*/backup", "status": 429, "code": "SubscriptionRequestsThrottled",
                      "headers": {"Retry-After": "180"}, "times": 2}]
                    """
            ),
            Self(
                testDescription: "the look at the instance",
                faults: """
                    [{"method": "GET", "path": "*/service/contoso-apim", "status": 429, "headers": {"Retry-After": "600"},
                      "times": 3}]
                    """
            ),
            Self(
                testDescription: "the search",
                faults: #"[{"path": "*/resources", "status": 429, "headers": {"Retry-After": "900"}}]"#
            ),
            Self(
                testDescription: "the record",
                faults: """
                    [{"method": "PUT", "path": "*/v1/runs/*", "status": 503, "code": "ServerBusy",
                      "headers": {"Retry-After": "300"}, "times": 2}]
                    """
            ),
        ]
    }

    /// By the clock that the local Azure serves, the commands' waits are as short as its own.
    static func with(_ faults: String, _ body: @escaping @Sendable (LocalAzure) async throws -> Void) async throws {
        try await LocalAzure.with(faults: faults, virtualStart: LocalAzure.sharedStart, body)
    }

    @Test(arguments: Case.all)
    func `costs a night no backup`(_ test: Case) async throws {
        try await Self.with(test.faults) { azure in
            let run = await azure.backUp()
            #expect(run.code == 0, "\(run.everything)")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }

    @Test func `a person who looks something up waits five minutes at the most, and reads why`() async throws {
        let faults = #"[{"path": "*/resources", "status": 429, "headers": {"Retry-After": "400"}, "always": true}]"#
        try await Self.with(faults) { azure in
            let discover = await azure.run("discover", "--storage-account", "contosobackups")
            #expect(discover.code == 4, "\(discover.everything)")
            #expect(discover.errors.contains("asks to wait 400 seconds more"), "\(discover.everything)")
        }
    }

    @Test func `a run that waits says so, and gives up before an hour is over`() async throws {
        let faults = """
            [{"method": "POST", "path": "*/backup", "status": 429, "headers": {"Retry-After": "2000"}, "always": true}]
            """
        try await Self.with(faults) { azure in
            let run = await azure.run("run", "contoso-apim", "--storage-account", "contosobackups")
            #expect(run.code == 4, "\(run.everything)")
            #expect(run.errors.contains("Azure throttles; next try in 3"), "\(run.everything)")
            #expect(run.everything.contains("a run waits 1 h for that at the most"), "\(run.everything)")
            let accepted = try await azure.accepted()
            #expect(accepted.isEmpty)
        }
    }
}
