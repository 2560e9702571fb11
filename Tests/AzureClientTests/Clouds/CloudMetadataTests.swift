import BackupDomain
import FoundationEssentials
import TestSupport
import Testing

@testable import AzureClient

struct CloudMetadataTests {
    static func entry(_ name: String, host: String = "arm.example") -> String {
        """
        {"name":"\(name)","resourceManager":"https://\(host)/","authentication":{"loginEndpoint":"https://login.\(host)/",
        "audiences":["https://aud.\(host)/","https://other/"]},"suffixes":{"storage":"core.\(host)"},"portal":null}
        """
    }

    static let variables = ["ARM_CLOUD_METADATA_URL": "https://arm.example/metadata/endpoints?api-version=2022-09-01"]

    static func resolve(
        _ body: String,
        named name: String? = nil,
        _ more: [String: String] = [:],
        status: Int = 200
    ) async throws -> Cloud {
        let transport = ScriptedTransport([.success(.text(status, body))])
        let environment = AzureEnvironment(Self.variables.merging(more) { $1 })
        return try await Cloud.resolve(named: name, environment: environment, transport: transport)
    }

    @Test func `one object is read, slashes at the end or not`() async throws {
        let cloud = try await Self.resolve(Self.entry("Local"))
        #expect(cloud.name == "Local")
        #expect(cloud.resourceManager.description == "https://arm.example")
        #expect(cloud.authority.description == "https://login.arm.example")
        #expect(cloud.audience == "https://aud.arm.example")
        #expect(cloud.storageSuffix == "core.arm.example")
        #expect(cloud.storageAudience == "https://storage.azure.com")
    }

    @Test func `of an array the first is taken, or the one that is named`() async throws {
        let both = "[\(Self.entry("One")),\(Self.entry("Two", host: "two.example"))]"
        #expect(try await Self.resolve(both).name == "One")
        #expect(try await Self.resolve(both, named: "two").resourceManager.host == "two.example")
    }

    @Test func `an unknown name lists those that there are`() async throws {
        let error = await #expect(throws: BackupError.self) {
            try await Self.resolve(Self.entry("One"), named: "Three")
        }
        #expect(error?.code == .invalidInput)
        #expect(error?.description.contains("One") == true)
    }

    struct Bad: CustomTestStringConvertible {
        var testDescription: String
        var body: String
        var status = 200
        var code = BackupError.Code.malformedAnswer
        var says: String
    }

    static let bad = [
        Bad(testDescription: "no JSON", body: "<html>", says: "JSON"),
        Bad(testDescription: "empty array", body: "[]", says: "no cloud"),
        Bad(testDescription: "no name", body: "{}", says: "name"),
        Bad(testDescription: "no manager", body: #"{"name":"X","resourceManager":7}"#, says: "resourceManager"),
        Bad(testDescription: "no login", body: #"{"name":"X","resourceManager":"https://a"}"#, says: "loginEndpoint"),
        Bad(
            testDescription: "no audience",
            body:
                #"{"name":"X","resourceManager":"https://a","authentication":{"loginEndpoint":"https://b","audiences":[]}}"#,
            says: "audiences"
        ),
        Bad(
            testDescription: "plain http",
            body: Self.entry("X").replacing("https://arm.example/", with: "http://arm.example/"),
            code: .invalidInput,
            says: "not https"
        ),
        Bad(testDescription: "refused", body: "{}", status: 503, says: "503"),
    ]

    @Test(arguments: bad)
    func saysWhatIsWrong(_ test: Bad) async throws {
        let error = await #expect(throws: BackupError.self) { try await Self.resolve(test.body, status: test.status) }
        #expect(error?.code == test.code)
        #expect(error?.description.contains(test.says) == true)
    }

    @Test func `the authority can be replaced, with or without a scheme`() async throws {
        let plain = try await Self.resolve(Self.entry("X"), ["AZURE_AUTHORITY_HOST": "login.other.example"])
        #expect(plain.authority.description == "https://login.other.example")
        let whole = try await Self.resolve(Self.entry("X"), ["AZURE_AUTHORITY_HOST": "http://127.0.0.1:4/"])
        #expect(whole.authority.description == "http://127.0.0.1:4")
        await #expect(throws: BackupError(.invalidInput, "")) {
            try await Self.resolve(Self.entry("X"), ["AZURE_AUTHORITY_HOST": "http://login.example"])
        }
    }

    @Test(arguments: ["AzureCloud", "azureusgovernment", "AZURECHINACLOUD"])
    func knowsClouds(_ name: String) async throws {
        let transport = ScriptedTransport { _, _ in throw TransportFailure.broken }
        let cloud = try await Cloud.resolve(named: name, environment: AzureEnvironment([:]), transport: transport)
        #expect(cloud.name.lowercased() == name.lowercased())
        #expect(transport.requests.isEmpty)
    }

    @Test func `a metadata document is not fetched in the clear from elsewhere`() async throws {
        let transport = ScriptedTransport([.success(.text(200, Self.entry("X")))])
        await #expect(throws: BackupError(.invalidInput, "")) {
            try await Cloud.resolve(
                named: nil,
                environment: AzureEnvironment(["ARM_CLOUD_METADATA_URL": "http://arm.example/metadata"]),
                transport: transport
            )
        }
        #expect(transport.requests.isEmpty)
    }
}
