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
