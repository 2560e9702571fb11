import BackupDomain
import Testing

@Suite("Names of containers")
struct ContainerNameTests {
    @Test(arguments: ["apim-backups", "abc", "a-b-c", "007", String(repeating: "a", count: 63)])
    func `what the blob service takes is taken`(_ name: String) {
        #expect(StorageAccount.isValidContainerName(name))
    }

    @Test(arguments: [
        "", "ab", "-abc", "abc-", "a--b", "Abc", "a_b", "a/b", "ä-bc", "---", String(repeating: "a", count: 64),
    ])
    func `what it refuses is refused`(_ name: String) {
        #expect(!StorageAccount.isValidContainerName(name))
    }
}
