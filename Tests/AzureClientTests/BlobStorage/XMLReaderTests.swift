import Testing

@testable import AzureClient

struct XMLReaderTests {
    static func root(_ text: String) -> XMLNode? { XMLReader.root(Array(text.utf8)) }

    @Test func `elements, attributes, references, comments and CDATA are read`() throws {
        let text = """
            \u{feff}<?xml version="1.0" encoding="utf-8"?><!-- c --><A x="1 &amp; 2" y='&#x41;&#66;'>
            <B/>t&lt;<!-- - -->&gt;<C>in<![CDATA[<&>]]></C ></A>\n
            """
        let root = try #require(Self.root(text))
        #expect(root.name == "A")
        #expect(root.attributes == ["x": "1 & 2", "y": "AB"])
        #expect(root.children.map(\.name) == ["B", "C"])
        #expect(root["C"]?.text == "in<&>")
        #expect(root.text == "\nt<>")
    }

    @Test(arguments: [
        "", "text", "<A>", "<A></B>", "<A", "<A x></A>", "<A x=1/>", "<A>&unknown;</A>", "<A>&lt</A>", "<A/><B/>",
        "<!DOCTYPE A [<!ENTITY e \"x\">]><A>&e;</A>", "<A><!-- </A>", "<A><![CDATA[x</A>", "<A x=\"1/>",
        "<A>&#xD800;</A>",
    ])
    func refuses(_ text: String) {
        #expect(Self.root(text) == nil)
    }

    @Test func `depth is bounded`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "<A>", count: depth) + String(repeating: "</A>", count: depth)
        }
        #expect(Self.root(nested(32)) != nil)
        #expect(Self.root(nested(33)) == nil)
    }

    @Test func `any cut of a document is refused and none traps`() {
        let text = Array("<A b=\"c\"><!-- x --><C>&amp;<![CDATA[y]]></C><D/></A>".utf8)
        for end in 0..<text.count { #expect(XMLReader.root(Array(text[..<end])) == nil) }
    }
}
