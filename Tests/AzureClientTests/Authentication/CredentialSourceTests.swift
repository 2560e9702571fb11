import BackupDomain
import FoundationEssentials
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import AzureClient

struct CredentialSourceTests {
    static let application = ["AZURE_TENANT_ID": Fixture.tenant, "AZURE_CLIENT_ID": "the-app"]
    static let granted = HTTPExchangeResponse.text(200, #"{"access_token":"granted","expires_in":3600}"#)

    let clock = ManualClock(now: Fixture.now, sleeping: .advances)

    func credential(
        _ variables: [String: String],
        _ transport: ScriptedTransport,
        choice: String? = nil,
        files: [String: String] = [:],
        runner: ScriptedRunner = ScriptedRunner(nil)
    ) throws -> any TokenCredential {
        try CredentialSource(
            environment: AzureEnvironment(variables),
            cloud: Fixture.cloud,
            transport: transport,
            clock: self.clock,
            random: RandomSource(Steady()),
            files: FileSource { path, _ in
                guard let text = files[path] else { throw CocoaError(.fileNoSuchFile) }
                return Data(text.utf8)
            },
            runner: runner
        )
        .credential(choice)
    }

    struct Choice: CustomTestStringConvertible {
        var testDescription: String { self.text ?? "none" }
        var text: String?
        var kinds: [CredentialKind]?
    }

    static let choices = [
        Choice(text: nil, kinds: [.environment, .workloadIdentity, .managedIdentity, .azureCLI]),
        Choice(text: "prod", kinds: [.environment, .workloadIdentity, .managedIdentity]),
        Choice(text: "dev", kinds: [.azureCLI]),
        Choice(text: "EnvironmentCredential", kinds: [.environment]),
        Choice(text: "workloadidentitycredential", kinds: [.workloadIdentity]),
        Choice(text: "ManagedIdentityCredential", kinds: [.managedIdentity]),
        Choice(text: "azureclicredential", kinds: [.azureCLI]),
        Choice(text: "managed-identity", kinds: [.managedIdentity]),
        Choice(text: "azure-cli", kinds: [.azureCLI]),
        Choice(text: "visualstudiocodecredential", kinds: nil),
        Choice(text: "no such", kinds: nil),
    ]

    @Test(arguments: choices)
    func selects(_ test: Choice) {
        #expect((try? CredentialKind.selection(test.text, source: "--credential")) == test.kinds)
    }

    @Test func `an unknown name is refused with the names that there are`() throws {
        let error = #expect(throws: BackupError.self) {
            try self.credential(["AZURE_TOKEN_CREDENTIALS": "magic"], ScriptedTransport([.success(.text(200))]))
        }
        #expect(error?.code == .invalidInput)
        #expect(error?.description.contains("AZURE_TOKEN_CREDENTIALS") == true)
        #expect(error?.description.contains("workload-identity") == true)
    }

    @Test func `a secret is sent as Entra wants it`() async throws {
        let transport = ScriptedTransport([.success(Self.granted)])
        let variables = Self.application.merging(["AZURE_CLIENT_SECRET": "s3 cr+et"]) { $1 }
        let credential = try self.credential(variables, transport)
        let token = try await credential.token(for: "https://management.azure.com")
        #expect(token.secret.reveal() == "granted")
        #expect(token.expiresAt == Fixture.now + 3600)
        let request = try #require(transport.requests.first)
        #expect(request.url.absoluteString == "https://login.microsoftonline.com/\(Fixture.tenant)/oauth2/v2.0/token")
        #expect(request.method == .post)
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "grant_type=client_credentials&client_id=the-app"
                + "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default&client_secret=s3%20cr%2Bet"
        )
        #expect(credential.name == "environment (client secret)")
    }

    @Test func `a secret that is refused ends the search, though another credential would do`() async throws {
        let refusal = """
            {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided: s3cret!. Trace ID: 1 ",
            "error_codes":[7000215],"trace_id":"tr-1","correlation_id":"co-1"}
            """
        let transport = ScriptedTransport([.success(.text(401, refusal))])
        let variables = Self.application.merging(["AZURE_CLIENT_SECRET": "s3cret!"]) { $1 }
        let runner = ScriptedRunner(CommandOutcome(succeeded: true, output: Data(), errorText: ""))
        let credential = try self.credential(variables, transport, runner: runner)
        let error = await #expect(throws: BackupError.self) { try await credential.token(for: "https://a") }
        #expect(error?.code == .credentialRejected)
        #expect(error?.azure?.code == "AADSTS7000215")
        #expect(error?.azure?.requestID == "trace tr-1, correlation co-1")
        #expect(error?.description.contains("s3cret!") == false)
        #expect(error?.remedy?.contains("not its id") == true)
        #expect(runner.commands.isEmpty)
    }

    @Test func `where nothing works, each credential that was tried says why`() async throws {
        let transport = ScriptedTransport { _, _ in throw TransportFailure.refused }
        let credential = try self.credential(["AZURE_CLIENT_ID": "x"], transport)
        let error = await #expect(throws: BackupError.self) { try await credential.token(for: "https://a") }
        #expect(error?.code == .noCredential)
        let message = try #require(error?.message)
        #expect(message.contains("environment: AZURE_TENANT_ID is not set"))
        #expect(message.contains("workload-identity: AZURE_TENANT_ID, AZURE_FEDERATED_TOKEN_FILE are not set"))
        #expect(message.contains("managed-identity: no managed-identity endpoint answers at http://169.254.169.254"))
        #expect(message.contains("azure-cli: 'az' is not installed"))
        #expect(transport.requests.count == 1)
        #expect(transport.requests.first?.deadline == .seconds(1))
    }

    @Test func `a credential that is refused does not hide why those before it did not serve`() async throws {
        let refusal = #"{"error":"invalid_request","error_description":"Identity not found"}"#
        let transport = ScriptedTransport { _, _ in .text(400, refusal) }
        let variables = Self.application.merging([
            "AZURE_FEDERATED_TOKEN_FILE": "/token", "IDENTITY_ENDPOINT": "http://127.0.0.1:1/token",
            "IDENTITY_HEADER": "h",
        ]) { $1 }
        let runner = ScriptedRunner(CommandOutcome(succeeded: true, output: Data(), errorText: ""))
        let credential = try self.credential(variables, transport, runner: runner)
        let error = await #expect(throws: BackupError.self) { try await credential.token(for: "https://a") }
        let message = try #require(error?.message)
        #expect(message.contains("workload-identity: the file that AZURE_FEDERATED_TOKEN_FILE names, /token"))
    }

    @Test func `a federated token is read from its file, and again after ten minutes`() async throws {
        let transport = ScriptedTransport([.success(Self.granted)])
        let reads = Mutex(0)
        let files = FileSource { path, _ in
            #expect(path == "/token")
            return Data("fed.er.\(reads.withLock { $0 += 1; return $0 })\n".utf8)
        }
        let entra = try EntraToken(
            repeating: Fixture.repeating(transport, self.clock),
            authority: Fixture.cloud.authority,
            tenant: Fixture.tenant,
            clientID: "the-app"
        )
        let credential = WorkloadIdentityCredential(entra: entra, path: "/token", files: files)
        for wait in [0, 599, 1] {
            self.clock.advance(by: .seconds(wait))
            _ = try await credential.token(for: "https://a")
        }
        let bodies = transport.requests.map { String(decoding: $0.body, as: UTF8.self) }
        let type = "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
        try #require(bodies.count == 3)
        for (body, number) in zip(bodies, [1, 1, 2]) {
            #expect(body.hasSuffix("&\(type)&client_assertion=fed.er.\(number)"))
        }
    }

    @Test func `workload identity is chosen by its three variables`() async throws {
        let transport = ScriptedTransport([.success(Self.granted)])
        let variables = Self.application.merging(["AZURE_FEDERATED_TOKEN_FILE": "/token"]) { $1 }
        let credential = try self.credential(variables, transport, files: ["/token": "fed.er.ated\n"])
        _ = try await credential.token(for: "https://a")
        #expect(credential.name == "workload-identity")
    }

    @Test func `once a credential served, it is kept to`() async throws {
        let runner = ScriptedRunner(
            CommandOutcome(
                succeeded: true,
                output: Data(#"{"accessToken":"cli","expires_on":1795485600}"#.utf8),
                errorText: ""
            )
        )
        let transport = ScriptedTransport { _, _ in throw TransportFailure.refused }
        let credential = try self.credential([:], transport, runner: runner)
        #expect(try await credential.token(for: "https://a").secret.reveal() == "cli")
        #expect(try await credential.token(for: "https://b").secret.reveal() == "cli")
        #expect(credential.name == "azure-cli")
        #expect(transport.requests.count == 1)
        #expect(runner.commands.count == 2)
    }

    @Test(arguments: ["a/b", "", "t?x", "ten ant"])
    func aTenantThatIsNone(_ tenant: String) throws {
        let variables = ["AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "x", "AZURE_CLIENT_SECRET": "s"]
        let credential = try? self.credential(variables, ScriptedTransport([.success(Self.granted)]))
        // An empty variable counts as not set, so that the chain goes on; any other text is refused at once.
        #expect((credential == nil) == !tenant.isEmpty)
    }
}
