import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Resource Manager routes")
struct ManagementRouteTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var method: HTTPRequest.Method = .get
        var path: String
        var query = "api-version=2024-05-01"
        var status: Int
        var code: String?

        var testDescription: String { "\(self.method.rawValue) \(self.path)?\(self.query) is \(self.status)" }
    }

    static let subscription = World.builtIn.subscriptions[0].scope.path
    static let group = "\(subscription)/resourceGroups/rg-apim"
    static let service = "\(group)/providers/Microsoft.ApiManagement/service"
    static let account = "\(group)/providers/Microsoft.Storage/storageAccounts/contosobackups"
    static let nobody = "/subscriptions/11111111-1111-4111-8111-111111111111"

    static let cases = [
        Case(path: "/subscriptions", status: 200),
        Case(path: subscription, status: 200),
        Case(path: group, status: 200),
        Case(path: group.lowercased(), status: 200),
        Case(path: "/\(group)", status: 200),
        Case(path: "\(service)/contoso-apim", status: 200),
        Case(path: "\(service.uppercased())/CONTOSO-APIM", status: 200),
        Case(path: service, status: 200),
        Case(path: account, status: 200),
        Case(path: "\(subscription)/providers/Microsoft.ApiManagement", status: 200),
        Case(
            path: "\(subscription)/providers/Microsoft.ApiManagement/service",
            status: 403,
            code: "AuthorizationFailed"
        ),
        Case(path: "\(service)/contoso-apim", query: "", status: 400, code: "MissingApiVersionParameter"),
        Case(path: "\(service)/contoso-apim", query: "api-version=1", status: 400, code: "InvalidApiVersionParameter"),
        Case(path: "\(service)/contoso-apim", query: "api-version=2025-03-01-preview", status: 200),
        Case(path: "\(service)/contoso-apim", query: "api-version=2021-04-01-Preview", status: 200),
        Case(
            path: "\(service)/contoso-apim",
            query: "api-version=2099-99-99",
            status: 400,
            code: "NoRegisteredProviderFound"
        ),
        Case(
            path: "\(service)/contoso-apim",
            query: "api-version=2014-02-14",
            status: 400,
            code: "NoRegisteredProviderFound"
        ),
        Case(
            method: .post,
            path: "\(service)/contoso-apim/backup",
            query: "api-version=2024-05-01-banana",
            status: 400,
            code: "NoRegisteredProviderFound"
        ),
        Case(path: account, query: "api-version=2099-01-01", status: 200),
        Case(path: "\(service)/nobody", status: 404, code: "ResourceNotFound"),
        Case(path: "\(service)/contoso-apim/backup", status: 405, code: "MethodNotAllowed"),
        Case(path: "\(service)/contoso-apim/operationresults/x", status: 404, code: "ResourceNotFound"),
        Case(path: "\(service)/contoso-apim/nothing/x", status: 404, code: "InvalidResourceType"),
        Case(path: "\(group)/providers/Microsoft.Nothing/things/x", status: 404, code: "InvalidResourceNamespace"),
        Case(path: "\(subscription)/resourceGroups/none", status: 403, code: "AuthorizationFailed"),
        Case(path: nobody, status: 404, code: "SubscriptionNotFound"),
        Case(path: "/subscriptions/x", status: 400, code: "InvalidSubscriptionId"),
        Case(path: "/", status: 404, code: "NotFound"),
        Case(path: "/%ff%00/..;/", status: 404, code: "NotFound"),
        Case(path: "\(group)/providers", status: 404, code: "NotFound"),
        Case(path: "\(group)/providers/Microsoft.Storage", status: 404, code: "NotFound"),
        Case(method: .delete, path: group, status: 405, code: "MethodNotAllowed"),
        Case(method: .post, path: "\(service)/contoso-apim", status: 405, code: "MethodNotAllowed"),
        Case(method: .post, path: "\(account)/listKeys", status: 403, code: "AuthorizationFailed"),
        Case(
            path: "\(subscription)/resources",
            query: "api-version=2021-04-01&$filter=substringof('x',name)",
            status: 400,
            code: "InvalidFilterInQueryString"
        ),
    ]

    @Test(arguments: cases)
    func `a route answers as Azure does`(_ example: Case) async throws {
        let answer = try await Emulated().manage(example.method, example.path, query: example.query)
        #expect(answer.status == example.status)
        #expect(answer.code == example.code)
        #expect(answer.header("x-ms-request-id") != nil)
        #expect(answer.header("x-ms-routing-request-id")?.hasPrefix("WESTEUROPE:20261124T010000Z:") == true)
    }

    static let methods: [(HTTPRequest.Method, String, String)] = [
        (.get, "\(service)/contoso-apim/backup", "POST"), (.delete, "\(service)/contoso-apim/restore", "POST"),
        (.post, "\(service)/contoso-apim", "GET, HEAD, PUT, PATCH, DELETE"),
        (.put, "\(service)/contoso-apim/operationresults/x", "GET"), (.post, service, "GET"),
        (.trace, "\(service)/contoso-apim", "GET, HEAD, PUT, PATCH, DELETE"),
        (.trace, "/subscriptions", "GET, HEAD, PUT, PATCH, POST, DELETE"),
        (.put, "\(subscription)/providers/Microsoft.ApiManagement/deletedservices", "GET"),
        (.put, "\(subscription)/providers/Microsoft.ApiManagement/locations/x/deletedservices/y", "GET, DELETE"),
    ]

    @Test(arguments: methods, ["api-version=2024-05-01", "api-version=0", ""])
    func `a method that a path does not take is told with those that it takes, before the version is looked at`(
        _ example: (method: HTTPRequest.Method, path: String, allow: String),
        _ query: String
    ) async throws {
        let answer = try await Emulated().manage(example.method, example.path, query: query)
        #expect(answer.status == 405)
        #expect(answer.code == "MethodNotAllowed")
        #expect(answer.header("Allow") == example.allow)
    }

    @Test func `a version that API Management does not have is told with those that it has`() async throws {
        let answer = try await Emulated().manage(.get, Self.service, query: "api-version=2026-01-01")
        let message = try #require(answer.message)
        #expect(message.hasPrefix("No registered resource provider found for location 'westeurope' and API version "))
        #expect(message.contains("for type 'service'. The supported api-versions are '2025-09-01-preview, "))
        let listed = try await Emulated().manage(
            .get,
            "\(Self.subscription)/providers/Microsoft.ApiManagement"
        )
        let versions = listed.body["resourceTypes"]?.array?.first?["apiVersions"]?.array?.compactMap(\.string)
        #expect(versions?.count == 25)
        #expect(versions?.first { !$0.hasSuffix("-preview") } == "2024-05-01")
    }

    @Test func `of two versions the later is greater, and a preview comes before its stable version`() throws {
        let texts = ["2021-04-01-preview", "2021-08-01", "2022-08-01-preview", "2022-08-01", "2022-09-01-preview"]
        let versions = try texts.map { try #require(APIVersion($0)) }
        for (earlier, later) in zip(versions, versions.dropFirst()) { #expect(earlier < later) }
        for text in ["", "banana", "2024-5-1", "2024-05-01-", "2024-05-01-preview2"] {
            #expect(APIVersion(text) == nil)
        }
    }

    @Test func `a refusal names the caller, the action and the scope`() async throws {
        let emulated = try Emulated()
        let answer = try await emulated.manage(.post, "\(Self.account)/listKeys")
        let runner = try emulated.runner
        #expect(
            answer.message == "The client '\(runner.clientID)' with object id '\(runner.objectID)' does not have "
                + "authorization to perform action 'Microsoft.Storage/storageAccounts/listkeys/action' over scope "
                + "'\(Self.account)' or the scope is invalid. If access was recently granted, please refresh your "
                + "credentials."
        )
    }

    @Test func `a storage account shows its blob endpoint`() async throws {
        let account = try await Emulated().manage(.get, Self.account)
        let endpoint = account.body["properties"]?["primaryEndpoints"]?["blob"]?.string
        #expect(endpoint == "\(Emulated.endpoints.blob)/contosobackups/")
    }

    @Test func `the metadata is one object in the newer version and a list in the older, without a token`() async throws
    {
        let emulated = try Emulated()
        for (version, isList) in [("2022-09-01", false), ("2019-05-01", true)] {
            let request = EmulatedRequest(
                method: .get,
                rawPath: "/metadata/endpoints",
                rawQuery: "api-version=\(version)"
            )
            let answer = try Answer(await emulated.service(.resourceManager).respond(to: request))
            #expect((answer.body.array != nil) == isList)
            let cloud = try #require(isList ? answer.body.array?.first : answer.body)
            #expect(cloud["resourceManager"]?.string == "https://127.0.0.1:1001/")
            #expect(cloud["authentication"]?["audiences"]?.array?.first?.string == "https://127.0.0.1:1001/")
        }
    }
}
