import EmulatorDeployments
import EmulatorRuntime
import Foundation
import Testing

@Suite("Parameters of templates")
struct ParameterBindingTests {
    private func bound(_ declared: JSON, _ sent: JSON) throws -> JSON {
        let template = try Template(TemplateFixture.template(parameters: declared), isOfGroup: true)
        return try ParameterBinding(
            template: template,
            surroundings: TemplateFixture.surroundings,
            source: TemplateFixture.defaults
        ).values(sent)
    }

    @Test func `values that are sent win over defaults, and defaults may use time, chance and other parameters`() throws
    {
        let declared: JSON = [
            "late": ["type": "string", "defaultValue": "[concat(parameters('early'), '!')]"],
            "early": ["type": "string", "defaultValue": "[resourceGroup().location]"],
            "first_run": [
                "type": "string", "defaultValue": "[dateTimeAdd(utcNow('u'), 'P1D', 'yyyy-MM-ddT01:00:00')]",
            ],
            "id": ["type": "string", "defaultValue": "[newGuid()]"], "sent": ["type": "int", "defaultValue": 1],
            "none": ["type": "string", "nullable": true],
        ]
        let values = try self.bound(declared, ["SENT": ["value": 5]])
        #expect(values["late"] == "westeurope!")
        #expect(values["first_run"] == "2026-11-24T01:00:00")
        #expect(values["id"] == "a-guid")
        #expect(values["sent"] == 5)
        #expect(values["none"] == .null)
    }

    @Test(arguments: [
        (#"{"type":"string"}"#, "null", "The value for the template parameter 'p' is not provided"),
        (#"{"type":"int"}"#, #""5""#, "Expected 'Int'. Actual 'String'"),
        (#"{"type":"bool"}"#, "1", "Expected 'Bool'. Actual 'Integer'"),
        (#"{"type":"array"}"#, "{}", "Expected 'Array'. Actual 'Object'"),
        (#"{"type":"string","allowedValues":["a","b"]}"#, #""c""#, "is not part of the allowed value(s): 'a,b'"),
        (#"{"type":"string","minLength":3}"#, #""ab""#, "Length of the value should be greater than or equal to '3'"),
        (#"{"type":"string","maxLength":1}"#, #""ab""#, "Length of the value should be less than or equal to '1'"),
        (#"{"type":"int","maxValue":4}"#, "5", "The value should be less than or equal to '4'"),
        (#"{"type":"int","minValue":6}"#, "5", "The value should be greater than or equal to '6'"),
        (#"{"type":"number"}"#, "5", "which is not a type of parameters"),
        (#"{"type":"string","defaultValue":"[parameters('p')]"}"#, "null", "refer to each other"),
    ])
    func `a value that breaks the declaration is refused`(_ declared: String, _ value: String, _ words: String) throws {
        let declared: JSON = ["p": try JSONParser.parse(Data(declared.utf8)).value]
        let value = try JSONParser.parse(Data(value.utf8)).value
        let error = #expect(throws: TemplateMistake.self) {
            try self.bound(declared, value.isNull ? [:] : ["p": ["value": value]])
        }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func `a secret is never in a refusal, an unknown parameter and a key vault are refused`() throws {
        let secret: JSON = ["p": ["type": "secureString", "allowedValues": ["x"]]]
        let error = #expect(throws: TemplateMistake.self) { try self.bound(secret, ["p": ["value": "hush"]]) }
        #expect(error?.message.contains("hush") == false)
        let unknown = #expect(throws: TemplateMistake.self) { try self.bound([:], ["q": ["value": 1]]) }
        #expect(unknown?.message.contains("The template parameters 'q' in the parameters file are not valid") == true)
        let vault = #expect(throws: TemplateMistake.self) { try self.bound(secret, ["p": ["reference": [:]]]) }
        #expect(vault?.code == "NotEmulated")
    }
}
