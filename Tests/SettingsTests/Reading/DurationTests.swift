import Settings
import Testing

@Suite("Durations")
struct DurationTests {
    @Test(arguments: [
        ("12h", 43_200), ("90s", 90), ("5m", 300), ("2d", 172_800), ("0s", 0), ("h", nil), ("1.5h", nil), ("-1s", nil),
        ("9999999999s", nil), ("12", nil), ("", nil), ("012h", nil), ("1H", nil), ("1 h", nil),
    ])
    func `are a whole number and a unit`(_ text: String, _ seconds: Int?) {
        let type = SettingType.duration(.zero ... .seconds(1 << 40))
        #expect((try? type.value(of: text)) == seconds.map { .seconds($0) })
    }

    @Test(arguments: [
        (0, "0s"), (90, "90s"), (300, "5m"), (43_200, "12h"), (93_600, "26h"), (86_400, "24h"), (172_800, "2d"),
        (2_592_000, "30d"),
    ])
    func `are written so that they are read again`(_ seconds: Int, _ text: String) throws {
        let type = SettingType.duration(.zero ... .seconds(1 << 40))
        #expect(type.text(of: .seconds(seconds)) == text)
        #expect(try type.value(of: text) == .seconds(seconds))
    }
}
