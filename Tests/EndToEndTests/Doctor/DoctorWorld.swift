package import BackupDomain
import Foundation

/// A world in which the doctor has nothing to say, to break one thing of.
struct DoctorWorld: Sendable {
    /// The fields of the one storage account.
    var account: [String: JSONValue] = [
        "name": "contosobackups", "resourceGroup": "rg-apim", "sku": "Standard_GRS", "softDeleteDays": 14,
        "containers": ["apim-backups", "apim-backups-catalog"],
    ]
    /// The fields of the one instance that is looked at.
    var instance: [String: JSONValue] = ["name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Developer"]
    /// Who has which role where.
    var roles: [Role] = [
        Role("apim-backup-runner", "starter", "instance:contoso-apim"),
        Role("apim-backup-runner", "Reader", "group:rg-apim"),
        Role("apim-backup-runner", "Storage Blob Data Reader", "container:contosobackups/apim-backups"),
        Role("apim-backup-runner", "Storage Blob Data Contributor", "container:contosobackups/apim-backups-catalog"),
        Role("instance:contoso-apim", "Storage Blob Data Contributor", "container:contosobackups/apim-backups"),
    ]
    /// Further fields of the world.
    var others: [String: JSONValue] = [:]

    /// A role of somebody on something.
    struct Role: Sendable, Hashable {
        var principal: String
        var role: String
        var scope: String

        init(_ principal: String, _ role: String, _ scope: String) {
            self.principal = principal
            self.role = role
            self.scope = scope
        }
    }

    /// Takes away a role.
    mutating func revoke(_ role: String, of principal: String) {
        self.roles.removeAll { $0.role == role && $0.principal == principal }
    }

    /// A world file with one more element in one of its lists.
    static func adding(_ element: JSONValue, to list: String, of text: String) throws -> String {
        var document = try JSONDecoder.stable().decode(JSONValue.self, from: Data(text.utf8)).object ?? [:]
        document[list] = .array((document[list]?.array ?? []) + [element])
        return String(decoding: try JSONEncoder.stable().encode(JSONValue.object(document)), as: UTF8.self)
    }

    /// The world file.
    var text: String {
        get throws {
            let assignments = self.roles.map { role in
                JSONValue.object([
                    "principal": .string(role.principal), "role": .string(role.role), "scope": .string(role.scope),
                ])
            }
            let starter: JSONValue = [
                "name": "starter",
                "actions": [
                    "Microsoft.ApiManagement/service/read", "Microsoft.ApiManagement/service/backup/action",
                    "Microsoft.ApiManagement/service/operationresults/read",
                ],
            ]
            let world: [String: JSONValue] = [
                "keepRoleAssignments": .boolean(false), "roles": .array([starter]),
                "storageAccounts": .array([.object(self.account)]), "instances": .array([.object(self.instance)]),
                "roleAssignments": .array(assignments),
            ]
            let document = JSONValue.object(world.merging(self.others) { $1 })
            return String(decoding: try JSONEncoder.stable().encode(document), as: UTF8.self)
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral, ExpressibleByBooleanLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { first, _ in first })
    }
}
