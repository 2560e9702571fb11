import EmulatorRuntime
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Lists of resources")
struct ResourceListTests {
    static let subscription = World.builtIn.subscriptions[0].scope.path

    @Test func `a caller whose only role is on one instance sees that instance and nothing else`() async throws {
        var world = World.builtIn
        let instance = try #require(world.instances.first { $0.name == "contoso-apim" })
        let caller = Principal(
            objectID: "44444444-4444-4444-8444-444444444444",
            clientID: "c",
            tenantID: world.tenantID
        )
        world.roleAssignments.append(
            World.assignment(caller.objectID, BuiltInRoles.apiManagementOperator, at: instance.id)
        )
        let emulated = try Emulated(world)
        let filter =
            "%24filter=resourceType%20eq%20'Microsoft.ApiManagement/service'%20and%20name%20eq%20'contoso-apim'"
        for query in ["api-version=2021-04-01", "api-version=2021-04-01&\(filter)"] {
            let answer = try await emulated.manage(.get, "\(Self.subscription)/resources", query: query, as: caller)
            #expect(answer.status == 200)
            #expect(answer.body["value"]?.array?.map { $0["id"]?.string } == [instance.id.path])
        }
        let all = try await emulated.manage(
            .get,
            "\(Self.subscription)/providers/Microsoft.ApiManagement/service",
            as: caller
        )
        #expect(all.status == 403)
        let other = try await emulated.manage(.get, emulated.instancePath("contoso-standby"), as: caller)
        #expect(other.status == 403)
        #expect(try await emulated.manage(.get, Self.subscription, as: caller).status == 200)
    }

    @Test func `a caller without any role sees no subscription`() async throws {
        let emulated = try Emulated()
        let stranger = Principal(
            objectID: "55555555-5555-4555-8555-555555555555",
            clientID: "c",
            tenantID: emulated.world.tenantID
        )
        let answer = try await emulated.manage(.get, "/subscriptions", as: stranger)
        #expect(answer.body["value"]?.array?.isEmpty == true)
        #expect(try await emulated.manage(.get, Self.subscription, as: stranger).code == "AuthorizationFailed")
    }

    @Test func `a long list comes in pages that lead to each other`() async throws {
        var world = World.builtIn
        world.rules.pageSize = 2
        let emulated = try Emulated(world)
        let path = "\(Self.subscription)/resourceGroups/rg-apim/providers/Microsoft.ApiManagement/service"
        var (query, names, pages) = ("api-version=2024-05-01", [String](), 0)
        while pages < 10 {
            let page = try await emulated.manage(.get, path, query: query)
            names += page.body["value"]?.array?.compactMap { $0["name"]?.string } ?? []
            pages += 1
            guard let next = page.body["nextLink"]?.string else { break }
            query = try #require(next.split(separator: "?").last.map(String.init))
        }
        #expect(pages == 3)
        #expect(names == ["contoso-apim", "contoso-standby", "fabrikam-apim", "northwind-apim", "tailwind-apim"])
    }

    @Test(arguments: [
        ("resourceType eq 'Microsoft.Storage/storageAccounts'", 1), ("name eq 'CONTOSO-APIM'", 1),
        ("resourceGroup eq 'rg-apim' and location eq 'West Europe'", 7), ("tagName eq 'environment'", 5),
        ("name eq 'it''s'", 0), ("", 7),
    ])
    func `a filter of equalities is followed`(_ filter: String, _ count: Int) throws {
        let state = CloudState(world: .builtIn)
        let storage = BlobBackups(store: try Emulated().parts.store)
        let providers: [any ResourceProvider] = [
            ApiManagementProvider(), StorageProvider(endpoints: Emulated.endpoints, containers: storage),
            ManagedIdentityProvider(),
        ]
        let parsed = try ResourceFilter(filter)
        #expect(providers.flatMap { $0.resources(in: state) }.filter(parsed.matches).count == count)
    }
}
