import EmulatorRuntime
import Testing

@testable import EmulatorWorkflows

@Suite("Workflow expressions")
struct WorkflowExpressionTests {
    static let list =
        "<E><Blobs><Blob><Name>a-1</Name><Size>7</Size></Blob><Blob><Name>b&amp;2</Name><Size>0</Size></Blob></Blobs></E>"

    static let values: [(String, JSON)] = [
        ("plain", "plain"), ("@@x", "@x"), ("a@@{b}", "a@{b}"), ("@{1}", "1"), ("@add(1, 2)", 3),
        ("sum @{add(1, 2)}.", "sum 3."), ("@{json('{\"a\":true}')}", "{\"a\":true}"),
        ("mail@example.com", "mail@example.com"),
        ("@triggerBody()?['a']", 1), ("@triggerBody()?['b']?['c']", nil), ("@coalesce(null, 'x')", "x"),
        ("@setProperty(json('{\"a\":1}'), 'b', 2)", ["a": 1, "b": 2]),
        ("@utcNow()", "2026-11-24T01:00:00.0000000Z"), ("@utcNow('yyyyMMddTHHmmssZ')", "20261124T010000Z"),
        ("@addDays('2026-11-24T01:00:00Z', -30, 'yyyy-MM-dd')", "2026-10-25"),
        ("@addToTime('2026-01-31T00:00:00Z', 1, 'Month', 'd')", "02/28/2026"),
        ("@getPastTime(1, 'Day', 's')", "2026-11-23T01:00:00"),
        ("@formatDateTime('2026-11-24T01:02:03Z', 'HH:mm')", "01:02"),
        ("@startOfDay('2026-11-24T17:00:00Z')", "2026-11-24T00:00:00.0000000Z"),
        ("@dayOfWeek('2026-11-24')", 2), ("@ticks('1970-01-01T00:00:00Z')", 621_355_968_000_000_000),
        ("@ticks('Thu, 01 Jan 1970 00:00:01 GMT')", 621_355_968_010_000_000),
        ("@convertFromUtc('2026-07-01T00:00:00Z', 'W. Europe Standard Time', 's')", "2026-07-01T02:00:00"),
        ("@convertTimeZone('2026-01-01T09:00:00', 'Eastern Standard Time', 'UTC', 'u')", "2026-01-01 14:00:00Z"),
        ("@encodeUriComponent('a b/c')", "a%20b%2Fc"), ("@uriHost('https://example.com:8443/a?b')", "example.com"),
        ("@xpath(xml('\(list)'), 'string(//Blob[Name=\"a-1\"]/Size)')", "7"),
        ("@xpath(xml('\(list)'), 'string(//Blob[Name=\"c\"]/Size)')", ""),
        ("@xpath(xml('\(list)'), 'string(/E/Blobs/Blob[2]/Name)')", "b&2"),
        ("@xpath(xml('\(list)'), 'count(//Blob)')", 2), ("@xpath(xml('\(list)'), 'number(//Blob/Size)')", 7),
        ("@xpath(xml('\(list)'), '//Blob/Name/text()')", ["a-1", "b&2"]),
        ("@length(xpath(xml('\(list)'), '//Blob'))", 2),
        ("@xpath(xml(last(xpath(xml('\(list)'), '//Blob'))), 'string(/Blob/Name)')", "b&2"),
        ("@xml('<a/>')", ["$content-type": "application/xml;charset=utf-8", "$content": "PGEvPg=="]),
        ("@{xml('<a>b</a>')}", "<a>b</a>"), ("@workflow().run.name", "run-1"), ("@trigger().name", "manual"),
        ("@slice('hello', 1, -1)", "ell"), ("@reverse(createArray(1, 2))", [2, 1]), ("@isInt('12')", true),
    ]

    @Test(arguments: values)
    func `have their values`(_ text: String, _ value: JSON) throws {
        let run = try PlayedRun(["A": .compose(.string(text))])
        #expect(run.status == .succeeded, "\(run.record("A")?.error?.text ?? "")")
        #expect(run.record("A")?.outputs == value)
    }

    @Test(
        arguments: [
            "@nosuch(1)", "@int('x')", "@json('{')", "@xpath(xml('<a/>'), '//@b')", "@xml('<a>')", "@item()",
            "@addDays('never', 1)", "@formatDateTime('2026-11-24', 'q')", "@triggerBody()['zz']", "@if('a', 1, 2)",
            "@convertFromUtc('2026-01-01T00:00:00Z', 'Europe/Berlin')",
        ]
    )
    func `without a value fail their action`(_ text: String) throws {
        let run = try PlayedRun(["A": .compose(.string(text))])
        #expect(run.status == .failed)
        #expect(run.record("A")?.code == "InvalidTemplate")
        #expect(run.record("A")?.error?["message"]?.string?.contains("Unable to process template language") == true)
    }
}
