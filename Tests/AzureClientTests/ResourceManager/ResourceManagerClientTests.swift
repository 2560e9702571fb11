import BackupDomain
import FoundationEssentials
import HTTPTypes
import TestSupport
import Testing

@testable import AzureClient

struct ResourceManagerClientTests {
    let clock = ManualClock(now: Fixture.now, sleeping: .advances)

    static let service = """
        {"id":"\(Fixture.instanceText.replacing("resourceGroups", with: "resourcegroups"))","name":"contoso-apim",
        "type":"Microsoft.ApiManagement/service","location":"West Europe","sku":{"name":"Developer","capacity":1},
        "identity":{"type":"SystemAssigned, UserAssigned","principalId":"p-1","tenantId":"t","userAssignedIdentities":
        {"/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u":
        {"principalId":"p-2","clientId":"c-2"}}},"zones":null,
        "properties":{"provisioningState":"Succeeded","apiVersionConstraint":{"minApiVersion":"2019-12-01"},"new":[1,2.5]}}
        """

    func instance(_ answer: HTTPExchangeResponse) async throws -> Instance {
        let client = try Fixture.resourceManager(ScriptedTransport([.success(answer)]), self.clock)
        return try await client.instance(try #require(ResourceID(Fixture.instanceText))).instance
    }

    @Test func `an instance is read with its identities and kept whole`() async throws {
        let instance = try await self.instance(.text(200, Self.service))
        #expect(instance.tier == Tier("Developer"))
        #expect(instance.units == 1)
        #expect(instance.location == "West Europe")
        #expect(instance.provisioningState == "Succeeded")
        #expect(instance.minimumAPIVersion == "2019-12-01")
        #expect(instance.identity.systemPrincipalID == "p-1")
        #expect(instance.identity.userAssigned.map(\.clientID) == ["c-2"])
        #expect(instance.document["properties"]?["new"] == .array([.integer(1), .number(2.5)]))
        #expect(instance.document["zones"] == .null)
    }

    struct Identity: CustomTestStringConvertible {
        var testDescription: String { self.json }
        var json: String
        var system: String?
        var users = 0
    }

    static let identities = [
        Identity(json: "null"),
        Identity(json: #"{"type":"None"}"#),
        Identity(json: #"{"type":"SystemAssigned","principalId":"p","userAssignedIdentities":null}"#, system: "p"),
        Identity(
            json:
                #"{"type":"systemassigned,UserAssigned","principalId":"p","userAssignedIdentities":{"/u":{"clientId":"c"}}}"#,
            system: "p",
            users: 1
        ),
        Identity(
            json:
                #"{"type":"UserAssigned","principalId":null,"userAssignedIdentities":{"/u":{"clientId":"c","principalId":"q"},"/v":null}}"#,
            users: 1
        ),
    ]

    @Test(arguments: identities)
    func readsIdentities(_ test: Identity) async throws {
        let json = """
            {"id":"\(Fixture.instanceText)","sku":{"name":"Premium"},"identity":\(test.json),
            "properties":{"provisioningState":"Updating"}}
            """
        let instance = try await self.instance(.text(200, json))
        #expect(instance.identity.systemPrincipalID == test.system)
        #expect(instance.identity.userAssigned.count == test.users)
        #expect(instance.isBusy)
    }

    struct Bad: CustomTestStringConvertible {
        var testDescription: String
        var answer: HTTPExchangeResponse
        var code: BackupError.Code
        var says: [String]
    }

    static let bad = [
        Bad(
            testDescription: "no JSON",
            answer: .text(200, "<html>"),
            code: .malformedAnswer,
            says: ["/service/contoso-apim", "JSON"]
        ),
        Bad(
            testDescription: "another resource",
            answer: .text(200, #"{"id":"/x"}"#),
            code: .malformedAnswer,
            says: ["asked for"]
        ),
        Bad(
            testDescription: "another instance",
            answer: .text(
                200,
                #"{"id":"\#(Fixture.instanceText)-eu","sku":{"name":"Developer"},"properties":{"provisioningState":"Succeeded"}}"#
            ),
            code: .malformedAnswer,
            says: ["asked for"]
        ),
        Bad(
            testDescription: "no tier",
            answer: .text(200, #"{"id":"\#(Fixture.instanceText)"}"#),
            code: .malformedAnswer,
            says: ["sku.name"]
        ),
        Bad(
            testDescription: "404",
            answer: .text(404, #"{"error":{"code":"ResourceNotFound","message":"gone"}}"#, ["x-ms-request-id": "r-1"]),
            code: .instanceNotFound,
            says: ["contoso-apim", "ResourceNotFound: gone", "r-1"]
        ),
        Bad(
            testDescription: "403",
            answer: .text(403, #"{"error":{"code":"AuthorizationFailed","message":"no"}}"#),
            code: .permissionDenied,
            says: [
                "Microsoft.ApiManagement/service/read", "0b1ec7 (application a991d)", Fixture.instanceText,
                "API Management Service Operator Role", "--assignee-object-id 0b1ec7", "AuthorizationFailed",
            ]
        ),
        Bad(testDescription: "401", answer: .text(401), code: .credentialRejected, says: ["token of 0b1ec7"]),
        Bad(
            testDescription: "401 by a wrong clock",
            answer: .text(401, "", ["Date": "Tue, 24 Nov 2026 00:50:00 GMT"]),
            code: .clockOff,
            says: ["600 seconds ahead"]
        ),
        Bad(
            testDescription: "throttled for long",
            answer: .text(429, "", ["Retry-After": "3600"]),
            code: .throttled,
            says: ["3600 seconds"]
        ),
        Bad(
            testDescription: "another refusal",
            answer: .text(400, #"{"error":{"code":"Odd"}}"#),
            code: .azureError,
            says: ["Odd"]
        ),
    ]

    @Test(arguments: bad)
    func explainsRefusals(_ test: Bad) async throws {
        let error = await #expect(throws: BackupError.self) { try await self.instance(test.answer) }
        #expect(error?.code == test.code)
        for text in test.says {
            #expect(error?.description.contains(text) == true, "\(text) in \(error?.description ?? "")")
        }
    }

    @Test func `the look-up filters by type and name, and encodes the filter`() async throws {
        let other = Fixture.instanceText + "-2"
        let body = #"{"value":[{"id":"\#(Fixture.instanceText)"},{"id":"\#(other)"},{"id":"nonsense"},{}]}"#
        let transport = ScriptedTransport([.success(.text(200, body))])
        let client = try Fixture.resourceManager(transport, self.clock)
        let found = try await client.resources(
            ofType: "Microsoft.ApiManagement/service",
            named: "Contoso-APIM",
            in: "aaaaaaaa-0000-0000-0000-000000000001"
        )
        #expect(found.map(\.name) == ["contoso-apim"])
        #expect(
            transport.requests.first?.url.absoluteString
                == "https://management.azure.com/subscriptions/aaaaaaaa-0000-0000-0000-000000000001/resources"
                + "?$filter=resourceType%20eq%20%27Microsoft.ApiManagement%2Fservice%27%20and%20name%20eq%20%27Contoso-APIM%27"
                + "&api-version=2021-04-01"
        )
    }

    @Test func `quotes in a name cannot change the filter`() async throws {
        let transport = ScriptedTransport([.success(.text(200, #"{"value":[]}"#))])
        _ = try await Fixture.resourceManager(transport, self.clock)
            .resources(ofType: "T/t", named: "a' or name ne 'b", in: "s")
        let query = try #require(transport.requests.first?.url.query())
        #expect(query.percentDecoded?.contains("name eq 'a'' or name ne ''b'") == true)
    }

    @Test func `pages are followed on Resource Manager's own origin`() async throws {
        let transport = ScriptedTransport([
            .success(
                .text(
                    200,
                    #"{"value":[{"subscriptionId":"s-1"}],"nextLink":"https://management.azure.com/subscriptions?page=2"}"#
                )
            ),
            .success(.text(200, #"{"value":[{"subscriptionId":"s-2"},{"subscriptionId":"../x"}],"nextLink":null}"#)),
        ])
        #expect(try await Fixture.resourceManager(transport, self.clock).subscriptions() == ["s-1", "s-2"])
    }

    @Test func `a page elsewhere is refused and gets no token`() async throws {
        let transport = ScriptedTransport([
            .success(.text(200, #"{"value":[],"nextLink":"https://evil.example/subscriptions"}"#))
        ])
        await #expect(throws: BackupError(.foreignLocation, "")) {
            try await Fixture.resourceManager(transport, self.clock).subscriptions()
        }
        #expect(transport.requests.count == 1)
    }

    @Test func `pages that lead in a circle end`() async throws {
        let transport = ScriptedTransport([
            .success(.text(200, #"{"value":[],"nextLink":"https://management.azure.com/a"}"#))
        ])
        await #expect(throws: BackupError(.malformedAnswer, "")) {
            try await Fixture.resourceManager(transport, self.clock).subscriptions()
        }
        #expect(transport.requests.count == 2)
    }

    @Test func `pages without end end`() async throws {
        let transport = ScriptedTransport { _, number in
            .text(200, #"{"value":[],"nextLink":"https://management.azure.com/\#(number)"}"#)
        }
        await #expect(throws: BackupError(.malformedAnswer, "")) {
            try await Fixture.resourceManager(transport, self.clock).subscriptions()
        }
        #expect(transport.requests.count == 1000)
    }

    @Test func `a storage account gives its endpoint`() async throws {
        let id = try #require(
            ResourceID("/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/contosobackups")
        )
        let body = #"{"properties":{"primaryEndpoints":{"blob":"https://contosobackups.z6.blob.storage.azure.net/"}}}"#
        let transport = ScriptedTransport([.success(.text(200, body))])
        let account = try await Fixture.resourceManager(transport, self.clock).storageAccount(id)
        #expect(account.blobEndpoint.absoluteString == "https://contosobackups.z6.blob.storage.azure.net")
        #expect(account.name == "contosobackups")
        #expect(transport.requests.first?.url.query() == "api-version=2023-05-01")
    }

    @Test(arguments: ["2024-05-01&x=y", "", "latest!", "2024-05-01/../"])
    func isNoAPIVersion(_ text: String) {
        #expect(throws: BackupError(.invalidInput, "")) {
            try ResourceManagerClient(
                cloud: Fixture.cloud,
                tokens: Fixture.tokens(self.clock),
                transport: ScriptedTransport([.success(.text(200))]),
                clock: self.clock,
                apiVersion: text
            )
        }
    }
}
