import BackupDomain
import Testing

@Suite("Whose backup a blob is, by its name")
struct BlobAttributionTests {
    struct Example: CustomTestStringConvertible {
        var blob: String
        var owner: String?
        var isDated = false
        var testDescription: String { self.blob }

        static let all: [Self] = [
            Self(blob: "contoso-apim-20261124T010000Z.apimbackup", owner: "contoso-apim-00000001", isDated: true),
            Self(blob: "Contoso-APIM 2026-11-24 01:00.apimbackup", owner: "contoso-apim-00000001", isDated: true),
            Self(blob: "contoso-apim_weekly", owner: "contoso-apim-00000001"),
            Self(blob: "contoso-apim:weekly backup 12:00", owner: "contoso-apim-00000001"),
            Self(blob: "contoso-apim-eu-20261124", owner: "contoso-apim-eu-00000002", isDated: true),
            Self(blob: "contoso-apim-us-20261124", owner: "contoso-apim-00000001"),
            Self(blob: "contoso-apim - 20261124", owner: "contoso-apim-00000001", isDated: true),
            Self(blob: "contoso-apim-202", owner: "contoso-apim-00000001"),
            Self(blob: "contoso-apim", owner: nil),
            Self(blob: "contoso-apimé-20261124", owner: nil),
            Self(blob: "contoso-apim2-20261124", owner: nil),
            Self(blob: "contoso-20261124", owner: nil),
            Self(blob: "backup of contoso-apim", owner: nil),
            Self(blob: "twin-20261124", owner: nil),
            Self(blob: "", owner: nil),
        ]
    }

    static let instances = [
        "contoso-apim-00000001", "contoso-apim-eu-00000002", "twin-00000003", "twin-00000004",
    ].compactMap(InstanceKey.init(text:))

    @Test(arguments: Example.all)
    func `tells the same name whether one instance has it or two`(_ example: Example) {
        let names = Set(Self.instances.map(\.instanceName))
        let found = BlobAttribution.owner(of: example.blob, among: names)
        let isTwin = example.blob.hasPrefix("twin-")
        #expect(found?.name == (isTwin ? "twin" : example.owner.map { String($0.dropLast(9)) }))
        if !isTwin { #expect(found?.isDated ?? false == example.isDated) }
    }

    @Test(arguments: Example.all)
    func `is told by the longest name that a separator follows`(_ example: Example) {
        let found = BlobAttribution(blob: example.blob, among: Self.instances)
        #expect(found?.instance.text == example.owner)
        #expect(found?.isDated ?? false == example.isDated)
    }
}
