import AzureClient
import BackupDomain
import BackupEngine
import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite("A recorded backup of the real service, replayed", .timeLimit(.minutes(1)))
struct RecordedSessionTests {
    /// The `Date` of the recorded answer to the POST: 2023-07-19T23:09:47Z.
    static let begin = Date(timeIntervalSince1970: 1_689_808_187)
    static let clientID = "a6270d0c-7d86-478b-8cbe-dc9047ba54f7"
    static let backupName = "sdktestapim1777-20230719T230947Z.apimbackup"
    /// The recorded operation was seen running for 3 h 9 min, polled once a minute.
    static let polls = 189

    @Test func `is followed for three hours, with the recorded requests, to a verified record`() async throws {
        let session = try RecordedSession.load()
        let clock = ManualClock(now: Self.begin, sleeping: .advances)
        // Without a catalog there is no lock, whose renewals would turn the clock as well.
        let blobs = MemoryBlobStorage(clock: clock, forbidden: ["apim-backups-catalog"])
        let azure = ScriptedTransport { request, _ in
            try await Self.answer(request, session, clock: clock, blobs: blobs)
        }
        let report = try await Self.runner(azure, blobs: blobs, clock: clock).run(try Self.order(session))

        #expect(report.outcome == .verified)
        #expect(report.record.attempts.first?.requestID == "762e62b8-272d-4399-90f8-d990aa87ed1f")
        #expect(report.record.instance.tier == Tier("Developer"))
        #expect(report.record.service["properties"]?["platformVersion"]?.string == "stv2")
        #expect(clock.now.timeIntervalSince(Self.begin) >= Double(Self.polls) * 60)

        let posts = azure.requests.filter { $0.method == .post && $0.url.path().hasSuffix("/backup") }
        let recorded = session.exchanges[0].request
        #expect(posts.count == 1)
        let post = try #require(posts.first)
        let target = "\(post.url.path())?\(post.url.query() ?? "")"
        #expect(target == recorded.path)
        #expect(post.fields[.contentType]?.hasPrefix("application/json") == true)
        let sent = try JSONDecoder.stable().decode(JSONValue.self, from: post.body)
        // The recorded name has no time in it; ours always has.
        let expected = (recorded.body ?? "").replacing("apimbackup.zip", with: Self.backupName)
        #expect(sent == (try JSONDecoder.stable().decode(JSONValue.self, from: Data(expected.utf8))))
        let polls = azure.requests.filter { $0.url.path().contains("/operationresults/") }
        #expect(polls.count == Self.polls + 1)
        #expect(polls.allSatisfy { "\($0.url.path())?\($0.url.query() ?? "")" == session.exchanges[1].request.path })
        #expect(clock.slept.filter { $0 == .seconds(60) }.count == Self.polls + 1)
    }

    /// Plays Entra and Resource Manager with what was recorded; the dates of repeated answers go on with the clock.
    private static func answer(
        _ request: HTTPExchangeRequest,
        _ session: RecordedSession,
        clock: ManualClock,
        blobs: MemoryBlobStorage
    ) async throws -> HTTPExchangeResponse {
        let path = request.url.path()
        if path.hasSuffix("/token") {
            let life = #"{"token_type":"Bearer","expires_in":3599,"access_token":"a.b.c"}"#
            return HTTPExchangeResponse(status: 200, body: Data(life.utf8))
        }
        #expect(request.fields[.authorization] == "Bearer a.b.c")
        if path.hasSuffix("/backup") { return session.exchanges[0].answer(date: nil) }
        guard path.contains("/operationresults/") else { return session.exchanges[3].answer(date: clock.now) }
        guard clock.now.timeIntervalSince(Self.begin) > Double(Self.polls) * 60 else {
            return session.exchanges[clock.slept.count < 2 ? 1 : 2].answer(date: clock.now)
        }
        _ = try await blobs.write(
            Data("backup".utf8),
            to: Self.backupName,
            in: "apimbackupcontainer",
            condition: .always,
            contentType: "application/octet-stream"
        )
        return session.exchanges[3].answer(date: clock.now)
    }

    private static func runner(
        _ azure: ScriptedTransport,
        blobs: MemoryBlobStorage,
        clock: ManualClock
    ) async throws -> BackupRunner {
        let environment = AzureEnvironment([
            "AZURE_TENANT_ID": "72f988bf-86f1-41af-91ab-2d7cd011db47", "AZURE_CLIENT_ID": "c",
            "AZURE_CLIENT_SECRET": "s",
        ])
        let cloud = try await Cloud.resolve(named: nil, environment: environment, transport: azure)
        let credential = try CredentialSource(
            environment: environment,
            cloud: cloud,
            transport: azure,
            clock: clock
        ).credential("environment")
        let plane = try ResourceManagerClient(
            cloud: cloud,
            tokens: TokenCache(credential, clock: clock),
            transport: azure,
            clock: clock,
            apiVersion: "2022-08-01"
        )
        let account = StorageAccount(
            name: "apimbackupmsi",
            blobEndpoint: try #require(URL(string: "https://apimbackupmsi.blob.core.windows.net"))
        )
        try await blobs.createContainer("apimbackupcontainer")
        return BackupRunner(
            plane: plane,
            storage: RunStorage(account: account, blobs: blobs),
            clock: clock,
            stop: StopSignal(),
            fallback: MemoryCatalog(),
            program: "test",
            notify: { _ in }
        )
    }

    private static func order(_ session: RecordedSession) throws -> BackupOrder {
        let path = session.exchanges[0].request.path
        let id = try #require(ResourceID(String(path.prefix { $0 != "?" }.dropLast("/backup".count))))
        var order = BackupOrder(instance: id, nominalAt: Self.begin)
        order.container = "apimbackupcontainer"
        order.access = .userAssignedManagedIdentity(clientID: Self.clientID)
        order.azureAPIVersion = "2022-08-01"
        return order
    }
}
