import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import Testing

@Suite("The search for instances")
struct InstanceDiscoveryTests {
    /// A Resource Manager with two subscriptions, each with an instance, some of which refuse to be searched.
    struct Plane: ManagementPlane {
        var refusing: Set<String> = []

        func subscriptions() async throws -> [String] { ["one", "two"] }

        func resources(ofType type: String, named name: String?, in subscription: String) async throws -> [ResourceID] {
            if self.refusing.contains(subscription) { throw BackupError(.permissionDenied, "not \(subscription)") }
            let text = "/subscriptions/\(subscription)/resourceGroups/rg/providers/\(type)/apim-\(subscription)"
            return ResourceID(text).map { [$0] } ?? []
        }

        func instance(_ id: ResourceID) async throws -> (instance: Instance, answer: ManagementAnswer) {
            throw BackupError(.permissionDenied, "not readable")
        }

        func storageAccount(_ id: ResourceID) async throws -> StorageAccount {
            throw BackupError(.storageAccountNotFound, "none")
        }

        func startBackup(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
            ManagementAnswer(status: 403)
        }

        func startRestore(of id: ResourceID, _ request: BackupRequest) async throws -> ManagementAnswer {
            ManagementAnswer(status: 403)
        }

        func operation(at location: String) async throws -> ManagementAnswer { ManagementAnswer(status: 404) }
    }

    @Test func `passes over a subscription that refuses, and names it`() async throws {
        let refused = Mutex<[String]>([])
        let found = try await InstanceDiscovery(plane: Plane(refusing: ["one"])).all(in: nil) { subscription, error in
            refused.withLock { $0.append("\(subscription): \(error.message)") }
        }
        #expect(found.map(\.id.name) == ["apim-two"])
        #expect(refused.withLock(\.self) == ["one: not one"])
    }

    @Test(arguments: [nil, "one"])
    func `fails where nothing may be searched`(_ subscription: String?) async throws {
        await #expect(throws: BackupError(.permissionDenied, "")) {
            try await InstanceDiscovery(plane: Plane(refusing: ["one", "two"])).all(in: subscription)
        }
    }

    @Test func `finds an instance by its name although another subscription refuses`() async throws {
        let lookup = InstanceLookup(plane: Plane(refusing: ["one"]))
        let id = try await lookup.find("APIM-two", subscription: nil, resourceGroup: nil)
        #expect(id.name == "apim-two")
    }
}
