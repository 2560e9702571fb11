import BackupDomain
import Testing

@Suite("Secrets")
struct SecretTests {
    @Test func `do not show in any kind of print`() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(StorageAccess.accessKey(secret), to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\(StorageAccess.accessKey(secret))", dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.reveal() == "hunter2")
    }
}
