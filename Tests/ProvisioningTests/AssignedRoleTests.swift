import BackupDomain
import Deployment
import Testing

@testable import Provisioning

@Suite("Roles that an earlier deployment assigned")
struct AssignedRoleTests {
    private static let instance =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/contoso-apim"

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var role: Role? = .instanceOperator
        var scope = AssignedRoleTests.instance
        var principal = "job"
        var holder: String? = "JOB"
        var formerJob: String?
        var isNeeded = false
        var isReplaced = true

        static let all = [
            Case(testDescription: "the same role, in other letters", isNeeded: true),
            Case(testDescription: "of a job that is still to be made", holder: nil, isNeeded: true),
            Case(testDescription: "a wider role", role: .blobContributor),
            Case(testDescription: "a role that somebody renamed", role: nil),
            Case(testDescription: "of the job that another takes the place of", holder: nil, formerJob: "Job"),
            Case(
                testDescription: "of the next job, as far as it was made",
                principal: "next",
                holder: nil,
                formerJob: "job",
                isNeeded: true
            ),
            Case(testDescription: "of somebody who gets none", principal: "other", isReplaced: false),
            Case(testDescription: "on what is backed up no longer", scope: "\(instance)-2", isReplaced: false),
        ]
    }

    @Test(arguments: Case.all)
    func `stay, go first, or go once the next ones stand`(_ it: Case) throws {
        let permission = try #require(Permission.all(for: .containerAppJob).first { $0.role == .instanceOperator })
        let grants = [PlannedGrant(permission: permission, scope: Self.instance, holder: it.holder, isLeft: false)]
        let role = AssignedRole(id: "a", scope: it.scope, principal: it.principal, role: it.role)
        #expect(role.isNeeded(by: grants, formerJob: it.formerJob) == it.isNeeded)
        #expect(role.isReplaced(by: grants, formerJob: it.formerJob) == it.isReplaced)
    }
}
