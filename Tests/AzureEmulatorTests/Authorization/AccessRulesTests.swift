import Foundation
import Testing

@testable import AzureEmulator

@Suite("Access rules")
struct AccessRulesTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var role: String
        var at: String
        var action: String
        var isDataAction = false
        var on: String
        var permitted: Bool
    }

    static let group = "/subscriptions/s/resourceGroups/rg"
    static let instance = "\(group)/providers/Microsoft.ApiManagement/service/a"
    static let account = "\(group)/providers/Microsoft.Storage/storageAccounts/x"
    static let blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"

    static let cases = [
        Case(
            testDescription: "operator may back up",
            role: BuiltInRoles.apiManagementOperator,
            at: instance,
            action: "Microsoft.ApiManagement/service/backup/action",
            on: instance,
            permitted: true
        ),
        Case(
            testDescription: "case does not matter",
            role: BuiltInRoles.apiManagementOperator,
            at: instance.uppercased(),
            action: "microsoft.apimanagement/SERVICE/backup/ACTION",
            on: instance,
            permitted: true
        ),
        Case(
            testDescription: "a role at the group reaches the instance",
            role: BuiltInRoles.apiManagementOperator,
            at: group,
            action: "Microsoft.ApiManagement/service/operationresults/read",
            on: instance,
            permitted: true
        ),
        Case(
            testDescription: "a role on one instance does not reach another",
            role: BuiltInRoles.apiManagementOperator,
            at: instance,
            action: "Microsoft.ApiManagement/service/read",
            on: "\(instance)b",
            permitted: false
        ),
        Case(
            testDescription: "a role on the instance does not reach the group",
            role: BuiltInRoles.reader,
            at: instance,
            action: "Microsoft.ApiManagement/service/read",
            on: group,
            permitted: false
        ),
        Case(
            testDescription: "a not-action is taken away",
            role: BuiltInRoles.apiManagementOperator,
            at: instance,
            action: "Microsoft.ApiManagement/service/users/keys/read",
            on: instance,
            permitted: false
        ),
        Case(
            testDescription: "reader may not back up",
            role: BuiltInRoles.reader,
            at: "/",
            action: "Microsoft.ApiManagement/service/backup/action",
            on: instance,
            permitted: false
        ),
        Case(
            testDescription: "owner has no data actions",
            role: BuiltInRoles.owner,
            at: "/",
            action: "\(blobs)/write",
            isDataAction: true,
            on: account,
            permitted: false
        ),
        Case(
            testDescription: "contributor may not assign roles",
            role: BuiltInRoles.contributor,
            at: group,
            action: "Microsoft.Authorization/roleAssignments/write",
            on: instance,
            permitted: false
        ),
        Case(
            testDescription: "data reader reads",
            role: BuiltInRoles.blobDataReader,
            at: account,
            action: "\(blobs)/read",
            isDataAction: true,
            on: "\(account)/blobServices/default/containers/c",
            permitted: true
        ),
        Case(
            testDescription: "data reader does not write",
            role: BuiltInRoles.blobDataReader,
            at: account,
            action: "\(blobs)/write",
            isDataAction: true,
            on: account,
            permitted: false
        ),
    ]

    @Test(arguments: cases)
    func `a role allows what it says, where it is assigned and below`(_ example: Case) {
        let assignment = RoleAssignment(
            name: "n",
            scope: Scope(example.at),
            roleDefinitionID: example.role,
            principalID: "p",
            createdAt: .distantPast
        )
        let rules = AccessRules(
            assignments: [assignment],
            definitions: Dictionary(uniqueKeysWithValues: BuiltInRoles.all.map { ($0.id, $0) })
        )
        let permitted = rules.permits(
            "P",
            action: example.action,
            isDataAction: example.isDataAction,
            at: Scope(example.on),
            now: .now
        )
        #expect(permitted == example.permitted)
        #expect(!rules.permits("q", action: example.action, at: Scope(example.on), now: .now))
    }

    @Test func `an assignment counts only from its effective instant on`() {
        var assignment = RoleAssignment(
            name: "n",
            scope: Scope("/"),
            roleDefinitionID: BuiltInRoles.reader,
            principalID: "p",
            createdAt: .distantPast
        )
        assignment.effectiveAt = Date(timeIntervalSince1970: 100)
        let rules = AccessRules(
            assignments: [assignment],
            definitions: Dictionary(uniqueKeysWithValues: BuiltInRoles.all.map { ($0.id, $0) })
        )
        let action = "Microsoft.ApiManagement/service/read"
        #expect(!rules.permits("p", action: action, at: Scope("/s"), now: Date(timeIntervalSince1970: 99)))
        #expect(rules.permits("p", action: action, at: Scope("/s"), now: Date(timeIntervalSince1970: 100)))
    }

    @Test(arguments: [
        ("*", "a/b", true), ("*/read", "a/b/read", true), ("*/read", "a/b/write", false),
        ("a/*/read", "a/b/c/read", true),
        ("a/b", "a/b", true), ("a/b", "a/bc", false), ("a/*", "a", false), ("", "", true), ("a*b*c", "aXbYc", true),
        ("a*b*c", "aXcYb", false),
    ])
    func `a star stands for any text`(_ pattern: String, _ action: String, _ matches: Bool) {
        #expect(ActionPattern(pattern).matches(action) == matches)
    }
}
