import BackupDomain
import Testing

@Suite("Actions of roles")
struct ActionPatternTests {
    @Test(arguments: [
        ("*", true), ("Microsoft.Authorization/*", true), ("*/write", true), ("*/read", false),
        ("Microsoft.Authorization/roleAssignments/write", true), ("microsoft.authorization/*/WRITE", true),
        ("Microsoft.Authorization/*/roleAssignments/*", false), ("Microsoft.*/role*/w*e", true), ("", false),
        ("Microsoft.Authorization/roleAssignments", false),
    ])
    func `stand for actions`(_ pattern: String, _ matches: Bool) {
        let action = "Microsoft.Authorization/roleAssignments/write"
        #expect(ActionPattern(pattern).matches(action) == matches)
    }
}
