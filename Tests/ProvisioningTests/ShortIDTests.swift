import Testing

@testable import Provisioning

@Suite("Resource ids for people")
struct ShortIDTests {
    @Test(arguments: [
        ("/subscriptions/s/resourceGroups/g/providers/Microsoft.App/jobs/j", "Microsoft.App/jobs j"),
        (
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c",
            "Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c"
        ),
        (
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/i/providers/Microsoft.Authorization/roleAssignments/r",
            "Microsoft.Authorization/roleAssignments r on service/i"
        ),
        ("/subscriptions/s/resourceGroups/g", "/subscriptions/s/resourceGroups/g"), ("odd", "odd"),
    ])
    func `are type and name`(_ id: String, _ title: String) { #expect(ShortID.title(of: id) == title) }
}
