import BackupDomain
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

struct IdentifyingTransportTests {
    @Test func `every call carries the program and the run`() async throws {
        let base = ScriptedTransport([.success(.text(200))])
        let transport = IdentifyingTransport(
            base,
            identity: ClientIdentity(version: "1.2.3", invocationID: "the-process")
        )
        let request = HTTPExchangeRequest(url: try #require(URL(string: "https://a.b/")))
        _ = try await transport.send(request)
        let run = try #require(RunID(text: "00000000-0000-8000-8000-000000000001"))
        _ = try await CallContext.$runID.withValue(run) { try await transport.send(request) }
        #expect(base.requests.map { $0.fields[.userAgent] } == ["apim-backup/1.2.3", "apim-backup/1.2.3"])
        #expect(base.requests.map { $0.fields[text: "x-ms-client-request-id"] } == ["the-process", run.text])
    }
}
