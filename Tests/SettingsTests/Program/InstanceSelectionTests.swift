import BackupDomain
import Settings
import Testing

@Suite("Which instance is meant")
struct InstanceSelectionTests {
    static let id = "/subscriptions/S1/resourceGroups/rg-apim/providers/Microsoft.ApiManagement/service/contoso-apim"

    private func settings() throws -> ProgramSettings {
        try SettingsFixture.resolve(
            body: """
                storage: {account: contosobackups}
                instances:
                  - id: \(Self.id)
                    maxAge: 1h
                  - name: contoso-apim
                    resourceGroup: rg-two
                    subscription: S1
                    maxAge: 2h
                  - name: fabrikam-apim
                    maxAge: 3h
                """
        ).checked()
    }

    @Test func `ids tell instances of one name apart`() throws {
        let settings = try self.settings()
        #expect(throws: BackupError(.instanceAmbiguous, "")) { try settings.instance(named: "contoso-apim") }
        let other = Self.id.replacing("rg-apim", with: "RG-Two")
        #expect(try settings.instance(named: Self.id.uppercased())?.backup.maxAge == .seconds(3600))
        #expect(try settings.instance(named: other)?.backup.maxAge == .seconds(7200))
        #expect(try settings.instance(named: Self.id.replacing("rg-apim", with: "rg-three")) == nil)
        #expect(try settings.instance(named: "Fabrikam-apim")?.backup.maxAge == .seconds(10_800))
        #expect(try settings.instance(named: "nobody") == nil)
    }

    @Test func `records find their settings by key`() throws {
        let settings = try self.settings()
        let id = try #require(ResourceID(Self.id))
        #expect(settings.backup(of: InstanceKey(id)).maxAge == .seconds(3600))
        let fabrikam = try #require(InstanceKey(text: "fabrikam-apim-00000000"))
        #expect(settings.backup(of: fabrikam).maxAge == .seconds(10_800))
        let unknown = try #require(InstanceKey(text: "adatum-apim-00000000"))
        #expect(settings.backup(of: unknown).maxAge == settings.backup.maxAge)
        #expect(try settings.instance(named: InstanceKey(id).text)?.knownID == id)
    }
}
