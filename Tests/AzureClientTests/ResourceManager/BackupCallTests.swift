import BackupDomain
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

struct BackupCallTests {
    static let location =
        "https://management.azure.com\(Fixture.instanceText)/operationresults/d2U6Y29udG9zb19CYWNrdXA==?api-version=2024-05-01"

    let clock = ManualClock(now: Fixture.now, sleeping: .advances)

    func start(
        _ transport: ScriptedTransport,
        _ access: StorageAccess = .systemAssignedManagedIdentity
    ) async throws -> ManagementAnswer {
        let request = BackupRequest(
            storageAccount: "contosobackups",
            container: "apim-backups",
            backupName: "a.apimbackup",
            access: access
        )
        let id = try #require(ResourceID(Fixture.instanceText))
        return try await Fixture.resourceManager(transport, self.clock).startBackup(of: id, request)
    }

    struct Body: CustomTestStringConvertible {
        var testDescription: String { self.access.name }
        var access: StorageAccess
        var more: [String: JSONValue]
    }

    static let bodies = [
        Body(
            access: .systemAssignedManagedIdentity,
            more: ["accessType": .string("SystemAssignedManagedIdentity")]
        ),
        Body(
            access: .userAssignedManagedIdentity(clientID: "c-1"),
            more: ["accessType": .string("UserAssignedManagedIdentity"), "clientId": .string("c-1")]
        ),
        Body(
            access: .accessKey(Secret("k==")),
            more: ["accessType": .string("AccessKey"), "accessKey": .string("k==")]
        ),
    ]

    @Test(arguments: bodies)
    func postsExactlyWhatTheAccessNeeds(_ test: Body) async throws {
        let transport = ScriptedTransport([.success(.text(202, "", ["Location": Self.location]))])
        _ = try await self.start(transport, test.access)
        let request = try #require(transport.requests.first)
        let common: [String: JSONValue] = [
            "storageAccount": .string("contosobackups"), "containerName": .string("apim-backups"),
            "backupName": .string("a.apimbackup"),
        ]
        let body = try JSONDecoder.stable().decode(JSONValue.self, from: request.body)
        #expect(body == .object(common.merging(test.more) { $1 }))
        #expect(request.method == .post)
        #expect(request.fields[.contentType] == "application/json")
        #expect(
            request.url.absoluteString
                == "https://management.azure.com\(Fixture.instanceText)/backup?api-version=2024-05-01"
        )
    }

    @Test func `the answer is handed on as it is`() async throws {
        let transport = ScriptedTransport([
            .success(
                .text(
                    202,
                    "",
                    [
                        "Location": Self.location, "Retry-After": "60", "Date": "Tue, 24 Nov 2026 01:00:00 GMT",
                        "x-ms-request-id": "r", "x-ms-correlation-request-id": "c",
                        "x-ms-ratelimit-remaining-subscription-writes": "199",
                    ]
                )
            )
        ])
        let answer = try await self.start(transport)
        #expect(answer.status == 202)
        #expect(answer.location == Self.location)
        #expect(answer.retryAfter == .seconds(60))
        #expect(answer.date == Fixture.now)
        #expect(answer.requestID == "r")
        #expect(answer.correlationID == "c")
        #expect(answer.principal == nil)
        #expect(answer.document == nil)
    }

    @Test(arguments: [400, 403, 409, 500, 503])
    func everyStatusIsTheRunsToJudge(_ status: Int) async throws {
        let body = #"{"error":{"code":"ServiceLocked","message":"The API Service is transitioning.","details":null}}"#
        let transport = ScriptedTransport([.success(.text(status, body)), .success(.text(202))])
        let answer = try await self.start(transport)
        #expect(answer.status == status)
        #expect(answer.code == "ServiceLocked")
        #expect(answer.principal == "0b1ec7 (application a991d)")
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [(15, 2), (180, 1)])
    func aShortThrottleIsWaitedOutAndALongOneIsTheRuns(_ seconds: Int, _ calls: Int) async throws {
        let throttle = HTTPExchangeResponse.text(429, "", ["Retry-After": "\(seconds)"])
        let transport = ScriptedTransport([.success(throttle), .success(.text(202))])
        let answer = try await self.start(transport)
        #expect(answer.status == (calls == 2 ? 202 : 429))
        #expect(transport.requests.count == calls)
    }

    @Test func `a connection that breaks leaves open whether Azure accepted`() async throws {
        let transport = ScriptedTransport([.failure(.broken), .success(.text(202))])
        await #expect(throws: BackupError(.ambiguousSubmission, "")) { try await self.start(transport) }
        #expect(transport.requests.count == 1)
    }

    @Test func `a connection that is never made says so`() async throws {
        let transport = ScriptedTransport([.failure(.unknownHost)])
        await #expect(throws: BackupError(.hostNotFound, "")) { try await self.start(transport) }
    }

    @Test func `the operation is asked once`() async throws {
        for answer in [HTTPExchangeResponse.text(503), .text(429, "", ["Retry-After": "5"])] {
            let transport = ScriptedTransport([.success(answer), .success(.text(200))])
            let client = try Fixture.resourceManager(transport, self.clock)
            #expect(try await client.operation(at: Self.location).status == answer.status)
            #expect(transport.requests.map(\.url.absoluteString) == [Self.location])
        }
        let broken = ScriptedTransport([.failure(.broken)])
        let client = try Fixture.resourceManager(broken, self.clock)
        await #expect(throws: BackupError(.unreachable, "")) { try await client.operation(at: Self.location) }
        #expect(broken.requests.count == 1)
    }

    @Test func `a poll that meets 401 renews the token`() async throws {
        let transport = ScriptedTransport([.success(.text(401)), .success(.text(202))])
        let client = try Fixture.resourceManager(transport, self.clock)
        #expect(try await client.operation(at: Self.location).status == 202)
        let tokens = transport.requests.map { $0.fields[.authorization] }
        #expect(tokens.count == 2)
        #expect(Set(tokens).count == 2)
    }

    @Test(arguments: [
        "https://evil.example/operationresults/x", "http://management.azure.com/x", "//evil.example/x", "nonsense", "",
        "https://management.azure.com@evil.example/x", "https://management.azure.com:8443/x",
    ])
    func aLocationElsewhereGetsNoToken(_ location: String) async throws {
        let transport = ScriptedTransport([.success(.text(200))])
        let client = try Fixture.resourceManager(transport, self.clock)
        await #expect(throws: BackupError(.foreignLocation, "")) { try await client.operation(at: location) }
        #expect(transport.requests.isEmpty)
    }
}
