import BackupDomain
import Foundation
import Testing

@Suite("A poll that is answered oddly once, while Azure's backup runs", .timeLimit(.minutes(2)))
struct DoubtfulAnswerTests {
    static let answers = [
        #""status": 302, "headers": {"Location": "https://portal.example.net/"}"#,
        #""status": 400, "replaceBody": "<html>Bad gateway</html>""#,
        #""status": 400, "code": "BadRequest", "message": "try again""#,
        #""status": 409, "code": "Conflict", "message": "in transition""#,
        #""status": 200, "replaceBody": "<html>Welcome</html>""#,
        #""status": 200, "replaceBody": "{}""#,
    ]

    @Test(arguments: Self.answers)
    func `costs no good backup`(_ answer: String) async throws {
        let faults = #"[{"method": "GET", "path": "*/operationresults/*", \#(answer)}]"#
        try await LocalAzure.with(world: #"{"timings": {"backupSeconds": 2400}}"#, faults: faults) { azure in
            let run = await azure.backUp("contoso-apim", "--timeout", "60s")
            #expect(run.code == 0, "\(run.everything)")
            #expect(run.summary?["outcome"]?.string == "verified")
            let accepted = try await azure.accepted()
            #expect(accepted.count == 1)
        }
    }
}
