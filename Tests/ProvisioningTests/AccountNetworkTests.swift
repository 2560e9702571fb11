import BackupDomain
import Testing

@testable import Provisioning

@Suite("The firewall of a storage account")
struct AccountNetworkTests {
    @Test(arguments: [
        ("Enabled", "Allow", "AzureServices", false, true), ("Enabled", "Deny", "AzureServices", true, true),
        ("Enabled", "Deny", "None", true, false), ("Enabled", "Deny", "Logging, AzureServices", true, true),
        ("Disabled", "Allow", "AzureServices", true, true),
    ])
    func `is read`(_ access: String, _ action: String, _ bypass: String, _ isClosed: Bool, _ admitsTrusted: Bool) {
        let network = AccountNetwork(
            .object([
                "properties": .object([
                    "publicNetworkAccess": .string(access),
                    "networkAcls": .object(["defaultAction": .string(action), "bypass": .string(bypass)]),
                ])
            ])
        )
        #expect(network.isClosed == isClosed)
        #expect(network.admitsTrustedServices == admitsTrusted)
    }
}
