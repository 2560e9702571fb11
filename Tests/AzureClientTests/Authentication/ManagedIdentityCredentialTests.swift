import BackupDomain
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

struct ManagedIdentityCredentialTests {
    static let granted = HTTPExchangeResponse.text(
        200,
        #"{"access_token":"granted","expires_in":"86399","resource":"r"}"#
    )
    static let appService = ["IDENTITY_ENDPOINT": "http://169.254.130.2:8081/msi/token", "IDENTITY_HEADER": "h3ader"]

    let clock = ManualClock(now: Fixture.now, sleeping: .advances)

    func credential(
        _ variables: [String: String],
        _ transport: ScriptedTransport,
        clientID: String? = nil,
        probes: Bool = false
    ) -> ManagedIdentityCredential {
        ManagedIdentityCredential(
            environment: AzureEnvironment(variables),
            clientID: clientID,
            probes: probes,
            repeating: Fixture.repeating(transport, self.clock)
        )
    }

    struct Dialect: CustomTestStringConvertible {
        var testDescription: String
        var variables: [String: String]
        var clientID: String?
        var url: String
        var fields: [String: String]
    }

    static let dialects = [
        Dialect(
            testDescription: "App Service",
            variables: Self.appService,
            url: "http://169.254.130.2:8081/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fa",
            fields: ["X-IDENTITY-HEADER": "h3ader", "Metadata": "true"]
        ),
        Dialect(
            testDescription: "App Service, user-assigned",
            variables: Self.appService,
            clientID: "me",
            url: "http://169.254.130.2:8081/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fa&client_id=me",
            fields: ["X-IDENTITY-HEADER": "h3ader"]
        ),
        Dialect(
            testDescription: "Machine Learning",
            variables: ["MSI_ENDPOINT": "http://127.0.0.1:46808/MSI/auth", "MSI_SECRET": "s"],
            clientID: "me",
            url: "http://127.0.0.1:46808/MSI/auth?api-version=2017-09-01&resource=https%3A%2F%2Fa&clientid=me",
            fields: ["secret": "s"]
        ),
        Dialect(
            testDescription: "metadata service",
            variables: [:],
            clientID: "me",
            url: "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fa"
                + "&client_id=me",
            fields: ["Metadata": "true"]
        ),
        Dialect(
            testDescription: "metadata service elsewhere",
            variables: ["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:99/"],
            url: "http://127.0.0.1:99/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fa",
            fields: ["Metadata": "true"]
        ),
    ]

    @Test(arguments: dialects)
    func speaks(_ test: Dialect) async throws {
        let transport = ScriptedTransport([.success(Self.granted)])
        let token = try await self.credential(test.variables, transport, clientID: test.clientID).token(
            for: "https://a"
        )
        #expect(token.secret.reveal() == "granted")
        #expect(token.refreshAt == Fixture.now + 86_399.0 / 2)
        let request = try #require(transport.requests.first)
        #expect(request.url.absoluteString == test.url)
        for (name, value) in test.fields { #expect(request.fields[text: name] == value) }
    }

    @Test(arguments: [
        ["IDENTITY_ENDPOINT": "https://localhost:2377/x", "IDENTITY_HEADER": "h", "IDENTITY_SERVER_THUMBPRINT": "t"],
        ["IDENTITY_ENDPOINT": "http://localhost:40342/x", "IMDS_ENDPOINT": "http://localhost:40342"],
        ["IDENTITY_ENDPOINT": "http://localhost:1/x"],
        ["MSI_ENDPOINT": "http://localhost:50342/x"],
    ])
    func saysWhatItDoesNotSupport(_ variables: [String: String]) async throws {
        let transport = ScriptedTransport([.success(Self.granted)])
        await #expect(throws: CredentialUnavailable.self) {
            try await self.credential(variables, transport).token(for: "https://a")
        }
        #expect(transport.requests.isEmpty)
    }

    @Test func `the endpoint's secret is not sent in the clear over a network`() async throws {
        let transport = ScriptedTransport([.success(Self.granted)])
        let variables = ["IDENTITY_ENDPOINT": "http://10.0.0.4/msi", "IDENTITY_HEADER": "h"]
        await #expect(throws: BackupError(.invalidInput, "")) {
            try await self.credential(variables, transport).token(for: "https://a")
        }
        #expect(transport.requests.isEmpty)
    }

    struct Schedule: CustomTestStringConvertible {
        var testDescription: String { "\(self.status)" }
        var status: Int
        var expected: [Duration]
    }

    static let schedules = [
        Schedule(
            status: 404,
            expected: [.zero, .milliseconds(1600), .milliseconds(3200), .milliseconds(6400), .milliseconds(12_800)]
        ),
        Schedule(
            status: 429,
            expected: [.zero, .milliseconds(1600), .milliseconds(3200), .milliseconds(6400), .milliseconds(12_800)]
        ),
        Schedule(
            status: 500,
            expected: [.zero, .milliseconds(1600), .milliseconds(3200), .milliseconds(6400), .milliseconds(12_800)]
        ),
        Schedule(status: 410, expected: [.zero, .seconds(5), .seconds(10), .seconds(20), .seconds(40)]),
        Schedule(status: 400, expected: []),
        Schedule(status: 403, expected: []),
    ]

    @Test(arguments: schedules)
    func metadataServiceIsAskedAgain(_ test: Schedule) {
        let delays = (1...7).compactMap { InstanceMetadataRetry.delay(after: test.status, attempt: $0) }
        #expect(delays == test.expected)
    }

    @Test func `a metadata service that is being replaced is waited for`() async throws {
        let transport = ScriptedTransport([.success(.text(410)), .success(.text(410)), .success(Self.granted)])
        let token = try await self.credential([:], transport).token(for: "https://a")
        #expect(token.secret.reveal() == "granted")
        #expect(self.clock.slept == [.zero, .seconds(5)])
    }

    struct Refusal: CustomTestStringConvertible {
        var testDescription: String { "\(self.status) \(self.body)" }
        var variables: [String: String] = [:]
        var status: Int
        var body: String
        var isUnavailable: Bool
    }

    static let refusals = [
        Refusal(
            status: 400,
            body: #"{"error":"invalid_request","error_description":"Identity not found"}"#,
            isUnavailable: true
        ),
        Refusal(
            status: 403,
            body: #"{"message":"A socket operation was attempted to an unreachable network"}"#,
            isUnavailable: true
        ),
        Refusal(status: 403, body: #"{"error":"forbidden"}"#, isUnavailable: false),
        Refusal(status: 200, body: "<html>captive portal</html>", isUnavailable: true),
        Refusal(status: 401, body: "not JSON", isUnavailable: true),
        Refusal(
            variables: Self.appService,
            status: 400,
            body: #"{"statusCode":400,"message":"No identity"}"#,
            isUnavailable: false
        ),
    ]

    @Test(arguments: refusals)
    func tellsAbsenceFromRefusal(_ test: Refusal) async throws {
        let transport = ScriptedTransport([.success(.text(test.status, test.body))])
        do {
            _ = try await self.credential(test.variables, transport).token(for: "https://a")
            Issue.record("it gave a token")
        } catch is CredentialUnavailable {
            #expect(test.isUnavailable)
        } catch let error as BackupError {
            #expect(!test.isUnavailable)
            #expect(error.code == .credentialRejected)
        }
    }

    @Test func `in a chain it first asks whether the service is there, without wanting a token`() async throws {
        let transport = ScriptedTransport([.success(.text(400)), .success(Self.granted)])
        _ = try await self.credential([:], transport, probes: true).token(for: "https://a")
        #expect(transport.requests.map { $0.fields[text: "Metadata"] } == [nil, "true"])
        #expect(transport.requests.first?.deadline == .seconds(1))
    }
}
