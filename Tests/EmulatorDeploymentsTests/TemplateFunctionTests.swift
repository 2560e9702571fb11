import EmulatorDeployments
import EmulatorRuntime
import Foundation
import Testing

@Suite("Template functions")
struct TemplateFunctionTests {
    static let subscription = TemplateFixture.subscription

    static let values = [
        ("[concat('a', 1, 'b')]", "\"a1b\""), ("[concat(createArray(1), createArray('x'))]", "[1,\"x\"]"),
        ("[format('{0}-{1,4}|{2:D3}|{{}}', 'x', 'y', 7)]", "\"x-   y|007|{}\""),
        ("[format('{0:N0}', 1234567)]", "\"1,234,567\""),
        ("[toLower('ÄB')]", "\"äb\""), ("[toUpper('ab')]", "\"AB\""), ("[trim('  a ')]", "\"a\""),
        ("[replace('a-b-c', '-', '')]", "\"abc\""), ("[split('a/b,c', createArray('/', ','))]", "[\"a\",\"b\",\"c\"]"),
        ("[join(createArray('a', 2), '-')]", "\"a-2\""), ("[substring('abcdef', 2, 3)]", "\"cde\""),
        ("[substring('abc', 3)]", "\"\""), ("[length('häß')]", "3"), ("[length(createObject('a', 1))]", "1"),
        ("[first('abc')]", "\"a\""), ("[last(createArray(1, 2))]", "2"), ("[take('abc', 0)]", "\"\""),
        ("[take(createArray(1, 2, 3), 2)]", "[1,2]"), ("[skip('abc', 1)]", "\"bc\""),
        ("[startsWith('Abc', 'aB')]", "true"),
        ("[endsWith('https://x/', '/')]", "true"), ("[indexOf('abcABC', 'C')]", "2"),
        ("[lastIndexOf('abcABC', 'c')]", "5"),
        ("[add(1, 2)]", "3"), ("[sub(1, 2)]", "-1"), ("[mul(3, 4)]", "12"), ("[div(7, 2)]", "3"), ("[mod(7, 3)]", "1"),
        ("[min(3, 1, 2)]", "1"), ("[max(createArray(3, 1))]", "3"), ("[range(2, 3)]", "[2,3,4]"), ("[int('7')]", "7"),
        ("[bool('True')]", "true"), ("[string(createObject('a', 1))]", "\"{\\\"a\\\":1}\""), ("[json('0.25')]", "0.25"),
        ("[json('{\"a\": [1]}')]", "{\"a\":[1]}"), ("[base64('one')]", "\"b25l\""),
        ("[base64ToString('b25l')]", "\"one\""),
        ("[uri('https://a/b/', 'c/d')]", "\"https://a/b/c/d\""), ("[uriComponent('a b/ü')]", "\"a%20b%2F%C3%BC\""),
        ("[padLeft(7, 3, '0')]", "\"007\""), ("[contains('abc', 'b')]", "true"),
        ("[contains(createObject('A', 1), 'a')]", "true"),
        ("[contains(createArray(1, 2), 3)]", "false"), ("[empty('')]", "true"), ("[empty(createArray(1))]", "false"),
        ("[union(createArray(1, 2), createArray(2, 3))]", "[1,2,3]"),
        (
            "[union(createObject('a', createObject('x', 1)), createObject('a', createObject('y', 2)))]",
            "{\"a\":{\"x\":1,\"y\":2}}"
        ),
        ("[intersection(createArray(1, 2), createArray(2, 3))]", "[2]"), ("[coalesce(null(), 'x')]", "\"x\""),
        ("[if(true(), 'a', int('no'))]", "\"a\""), ("[and(true(), false())]", "false"),
        ("[or(true(), bool('x'))]", "true"),
        ("[not(equals('a', 'A'))]", "true"),
        ("[equals(createObject('a', 1, 'b', 2), createObject('b', 2, 'a', 1))]", "true"),
        ("[less('a', 'b')]", "true"), ("[greaterOrEquals(2, 2)]", "true"),
        ("[dateTimeAdd('2026-11-23T01:10:05Z', 'P1D', 'yyyy-MM-ddT01:00:00')]", "\"2026-11-24T01:00:00\""),
        ("[dateTimeAdd('2026-11-23 01:10:05Z', '-PT1H')]", "\"2026-11-23T00:10:05Z\""),
        ("[dateTimeToEpoch('1970-01-02T00:00:00Z')]", "86400"),
        ("[dateTimeFromEpoch(86400)]", "\"1970-01-02T00:00:00Z\""),
        ("[resourceGroup().location]", "\"westeurope\""), ("[subscription().subscriptionId]", "\"\(subscription)\""),
        ("[environment().resourceManager]", "\"https://127.0.0.1:1/\""), ("[deployment().name]", "\"d\""),
        ("[tenant().tenantId]", "\"t\""), ("[deployer().objectId]", "\"o\""),
        (
            "[resourceId('A.B/c/d', 'x', 'y')]",
            "\"/subscriptions/\(subscription)/resourceGroups/rg/providers/A.B/c/x/d/y\""
        ),
        (
            "[resourceId('other', 'A.B/c', 'x')]",
            "\"/subscriptions/\(subscription)/resourceGroups/other/providers/A.B/c/x\""
        ),
        ("[resourceId('s', 'g', 'A.B/c', 'x')]", "\"/subscriptions/s/resourceGroups/g/providers/A.B/c/x\""),
        ("[subscriptionResourceId('A.B/c', 'x')]", "\"/subscriptions/\(subscription)/providers/A.B/c/x\""),
        ("[tenantResourceId('A.B/c', 'x')]", "\"/providers/A.B/c/x\""),
        ("[extensionResourceId('/a/b', 'A.B/c', 'x')]", "\"/a/b/providers/A.B/c/x\""),
        ("[reference('/r', '2020-01-01').p]", "1"),
        ("[reference('/r', '2020-01-01', 'Full').identity.principalId]", "\"i\""),
        ("[listKeys('/r', '2020-01-01').action]", "\"listKeys\""),
        ("[map(createArray(1, 2), lambda('x', add(lambdaVariables('x'), 1)))]", "[2,3]"),
        ("[filter(createArray(1, 2), lambda('x', greater(lambdaVariables('x'), 1)))]", "[2]"),
        ("[reduce(createArray(1, 2), 0, lambda('a', 'b', add(lambdaVariables('a'), lambdaVariables('b'))))]", "3"),
        ("[sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))]", "[1,2,3]"),
        ("[items(createObject('b', 1, 'a', 2))[0].key]", "\"a\""), ("[createObject('a', 1).A]", "1"),
        ("[createArray(1)[0]]", "1"), ("[tryGet(createObject(), 'x')]", "null"), ("[createObject().?x]", "null"),
        ("[[not an expression]", "\"[not an expression]\""), ("[open", "\"[open\""), ("plain", "\"plain\""),
        ("", "\"\""),
        ("['it''s']", "\"it's\""), ("[flatten(createArray(createArray(1), createArray(2)))]", "[1,2]"),
    ]

    @Test(arguments: values)
    func `a function has Azure's value`(_ expression: String, _ value: String) throws {
        let fixture = TemplateFixture(resources: ["/r": ["identity": ["principalId": "i"], "properties": ["p": 1]]])
        #expect(try fixture.value(expression).text == value)
    }

    @Test(
        arguments: [
            ("[nothing()]", "The template function 'nothing' is not valid."),
            (
                "[split(1, ',')]",
                "'split' expects its first parameter to be of type string. The provided value is of type 'Integer'"
            ),
            ("[substring('abc', 2, 5)]", "out of range"), ("[div(1, 0)]", "not a number of 64 bits"),
            ("[createObject('a', 1).b]", "property 'b' doesn't exist, available properties are 'a'"),
            ("[createArray(1)[3]]", "array index '3' is outside bounds (0, 0) of array"),
            ("[utcNow()]", "The template function 'utcNow' is not expected at this location"),
            ("[newGuid()]", "The template function 'newGuid' is not expected at this location"),
            ("[parameters('x')]", "The template parameter 'x' is not found"),
            ("[variables('x')]", "The template variable 'x' is not found"),
            ("[copyIndex()]", "The template function 'copyIndex' is not expected at this location"),
            ("[resourceId('A.B/c/d', 'x')]", "the type 'A.B/c/d' requires '2' resource name argument(s)"),
            ("[reference('x')]", "The resource 'x' is not defined in the template"),
            ("[reference('/gone', '2020-01-01')]", "was not found"),
            ("[if('x', 1, 2)]", "'if' expects its first parameter to be of type boolean"),
            ("[toLower()]", "it takes exactly 1"),
            ("[1 +]", "is not valid"), ("[format('{1}', 'a')]", "only 1 values"), ("[float(1)]", ""),
        ].filter { !$0.1.isEmpty }
    )
    func `a function that has no value says why`(_ expression: String, _ words: String) throws {
        let error = #expect(throws: TemplateMistake.self) { try TemplateFixture().value(expression) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func `uniqueString and guid are exact by all vectors`() throws {
        let file = try #require(
            Bundle.module.url(forResource: "arm-hash-vectors", withExtension: "json", subdirectory: "Fixtures")
        )
        let vectors = try JSONParser.parse(Data(contentsOf: file)).value
        var count = 0
        for (list, function) in [
            ("uniqueString", "uniqueString"), ("uniqueStringFromAzure", "uniqueString"), ("guid", "guid"),
            ("guidFromAzure", "guid"),
        ] {
            for vector in try #require(vectors[list]?.array) {
                let arguments = (vector.array?.first?.array ?? []).compactMap(\.string).map { "'\($0)'" }
                let value = try TemplateFixture().value("[\(function)(\(arguments.joined(separator: ", ")))]")
                #expect(value == vector.array?.last, "\(function)(\(arguments))")
                count += 1
            }
        }
        #expect(count == 19)
    }

    @Test func `variables refer to each other, repeat, and never in a circle`() throws {
        let variables: JSON = [
            "a": "[concat(variables('b'), '!')]", "b": "x", "circle": "[variables('circle')]",
            "copy": [["name": "many", "count": 2, "input": "[copyIndex('many', 1)]"]],
            "object": ["copy": [["name": "list", "count": 2, "input": ["i": "[copyIndex('list')]"]]]],
        ]
        #expect(try TemplateFixture().value("[variables('a')]", variables: variables) == "x!")
        #expect(try TemplateFixture().value("[variables('many')]", variables: variables) == [1, 2])
        #expect(try TemplateFixture().value("[variables('object').list[1].i]", variables: variables) == 1)
        #expect(throws: TemplateMistake.self) {
            try TemplateFixture().value("[variables('circle')]", variables: variables)
        }
        let reading: JSON = ["r": "[reference('/r', '2020-01-01')]"]
        #expect(throws: TemplateMistake.self) { try TemplateFixture().value("[variables('r')]", variables: reading) }
    }

    @Test func `a template's own function sees its parameters only`() throws {
        let functions: JSON = [
            [
                "namespace": "own",
                "members": [
                    "twice": [
                        "parameters": [["name": "x", "type": "string"]],
                        "output": ["type": "string", "value": "[concat(parameters('x'), parameters('x'))]"],
                    ]
                ],
            ]
        ]
        #expect(try TemplateFixture().value("[own.twice('ab')]", functions: functions) == "abab")
        #expect(throws: TemplateMistake.self) { try TemplateFixture().value("[own.twice()]", functions: functions) }
    }
}
