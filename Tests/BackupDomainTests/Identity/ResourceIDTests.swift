import BackupDomain
import Testing

@Suite("Resource ids")
struct ResourceIDTests {
    static let text =
        "/subscriptions/0000-1/resourceGroups/rg-apim/providers/Microsoft.ApiManagement/service/contoso-apim"

    @Test func `are taken apart`() throws {
        let id = try #require(ResourceID(Self.text))
        #expect(id.subscription == "0000-1")
        #expect(id.resourceGroup == "rg-apim")
        #expect(id.type == "Microsoft.ApiManagement/service")
        #expect(id.name == "contoso-apim")
        #expect(id.isInstance)
    }

    @Test func `of children carry the whole type`() throws {
        let id = try #require(ResourceID(Self.text + "/apis/orders"))
        #expect(id.type == "Microsoft.ApiManagement/service/apis")
        #expect(id.name == "orders")
        #expect(!id.isInstance)
    }

    @Test func `of storage accounts lead to those of their containers`() throws {
        let text = "/subscriptions/0000-1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/contosobackups"
        let id = try #require(ResourceID(ResourceID(text).map { $0.containerID("apim-backups") } ?? ""))
        #expect(id.text == "\(text)/blobServices/default/containers/apim-backups")
        #expect(id.type == "Microsoft.Storage/storageAccounts/blobServices/containers")
    }

    @Test func `are equal whatever their case, and file under one key`() throws {
        let id = try #require(ResourceID(Self.text))
        let other = try #require(ResourceID(Self.text.uppercased()))
        #expect(id == other)
        #expect(Set([id, other]).count == 1)
        #expect(InstanceKey(id) == InstanceKey(other))
    }

    @Test(arguments: [
        "", "contoso-apim", "/subscriptions/1", "/subscriptions/1/resourceGroups/g",
        "/subscriptions/1/resourceGroups/g/providers/P/t/../x", "/subscriptions/1/resourceGroups/g/providers/P/t/a?b",
        "/subscriptions/1/resourceGroups/g/providers/P/t/a b", "/subscriptions//resourceGroups/g/providers/P/t/a",
        "/subscriptions/1/resourceGroups/g/providers/P/t", "/tenants/1/resourceGroups/g/providers/P/t/a",
        "/subscriptions/1/resourceGroups/g/providers/P/t/%2e%2e",
    ])
    func `are refused where they could lead elsewhere`(_ text: String) {
        #expect(ResourceID(text) == nil)
    }
}
