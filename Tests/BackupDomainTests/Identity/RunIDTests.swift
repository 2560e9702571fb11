import BackupDomain
import Foundation
import Testing

@Suite("Run ids and instance keys")
struct RunIDTests {
    private func instance(_ name: String, group: String = "rg") throws -> ResourceID {
        try #require(
            ResourceID(
                "/subscriptions/s/resourceGroups/\(group)/providers/Microsoft.ApiManagement/service/\(name)"
            )
        )
    }

    @Test func `are the same for the same instance and night, in every release`() throws {
        let night = Date(timeIntervalSince1970: 1_795_482_000)
        let id = RunID(instance: try self.instance("contoso-apim"), nominalAt: night)
        #expect(id == RunID(instance: try self.instance("CONTOSO-APIM"), nominalAt: night + 0.7))
        #expect(id.nominalAt == night)
        #expect(UUID(uuidString: id.text) != nil)
        #expect(id.text.split(separator: "-")[2].hasPrefix("8"))
        #expect(id.text.split(separator: "-")[3].hasPrefix("8"))
    }

    @Test func `differ by instance and by second, and sort by time`() throws {
        let night = Date(timeIntervalSince1970: 1_795_482_000)
        var ids: Set<RunID> = []
        for name in 0..<100 {
            for second in 0..<100 {
                ids.insert(RunID(instance: try self.instance("a\(name)"), nominalAt: night + Double(second)))
            }
        }
        #expect(ids.count == 10_000)
        #expect(
            RunID(instance: try self.instance("z"), nominalAt: night)
                < RunID(instance: try self.instance("a"), nominalAt: night + 1)
        )
    }

    @Test func `of what people ask for differ by process, instance and second`() {
        let night = Date(timeIntervalSince1970: 1_795_482_000)
        let ids = ["one", "two"].flatMap { process in
            ["contoso-apim", "fabrikam-apim"].flatMap { name in
                [0.0, 1].map { RunID(of: name, askedOf: process, at: night + $0) }
            }
        }
        #expect(Set(ids).count == 8)
        #expect(Set(ids.map(\.nominalAt)) == [night, night + 1])
        #expect(RunID(of: "CONTOSO-apim", askedOf: "one", at: night) == ids[0])
        let late = RunID(of: "contoso-apim", askedOf: "one", at: night + 0.7)
        #expect(late.nominalAt == night)
        #expect(ids.allSatisfy { ($0 < late) == ($0.nominalAt == night) })
    }

    @Test(arguments: ["", "x", "01a0b36d-1680-8000-8000-00000000000g", "01a0b36d16808000800000000000000a"])
    func `are refused where they are no UUID`(_ text: String) {
        #expect(RunID(text: text) == nil)
    }

    @Test func `keys tell two instances of one name apart`() throws {
        let one = InstanceKey(try self.instance("contoso-apim", group: "rg-one"))
        let two = InstanceKey(try self.instance("contoso-apim", group: "rg-two"))
        #expect(one != two)
        #expect(one.text.hasPrefix("contoso-apim-"))
        #expect(InstanceKey(text: one.text) == one)
        #expect(InstanceKey(text: "../x") == nil)
    }
}
