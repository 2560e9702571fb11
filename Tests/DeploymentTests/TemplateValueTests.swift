import Deployment
import Testing

@Suite("Template values as JSON")
struct TemplateValueTests {
    @Test
    func `keep the order of members, and escape what JSON escapes`() {
        let value: TemplateValue = ["b": 1, "a": ["x", true, []], "empty": [:], "text": "a\"\\\n\u{1}"]
        #expect(
            value.json == """
                {
                  "b": 1,
                  "a": [
                    "x",
                    true,
                    []
                  ],
                  "empty": {},
                  "text": "a\\"\\\\\\n\\u0001"
                }

                """
        )
    }

    @Test(arguments: [
        (TemplateValue.text("[x]"), "\"[[x]\"\n"), (.text("x"), "\"x\"\n"), (.text("@x"), "\"@x\"\n"),
        (.expression(.parameter("a")), "\"[parameters('a')]\"\n"),
        (.expression(.literal("it's")), "\"['it''s']\"\n"),
        (.expression(.format("{0}-{1}", .number(1), .variable("v"))), "\"[format('{0}-{1}', 1, variables('v'))]\"\n"),
    ])
    func `tell texts from expressions`(_ value: TemplateValue, _ json: String) {
        #expect(value.json == json)
    }
}
