import AzureClient
import BackupDomain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Notifications

@Suite("Whether servers can be reached")
struct ServerReachTests {
    static func look(
        _ answer: Result<HTTPExchangeResponse, TransportFailure>
    ) async throws -> (BackupError?, HTTPExchangeRequest) {
        let transport = ScriptedTransport([answer])
        let url = try #require(URL(string: "https://hooks.example.com/services/T0/B0/secret"))
        let failure = await ServerReach(transport).failure(at: try #require(Origin(url)))
        return (failure, try #require(transport.requests.first))
    }

    @Test(arguments: [200, 301, 404, 405, 500])
    func `any answer will do, and no secret is sent`(_ status: Int) async throws {
        let (failure, request) = try await Self.look(.success(HTTPExchangeResponse(status: status)))
        #expect(failure == nil)
        #expect(request.url.absoluteString == "https://hooks.example.com/")
        #expect(request.method == .head)
    }

    @Test func `none is told with the reason`() async throws {
        let error = BackupError(.hostNotFound, "There is no host hooks.example.com.")
        let (failure, _) = try await Self.look(.failure(TransportFailure(error, mayHaveArrived: false)))
        #expect(failure?.message == error.message)
    }
}
