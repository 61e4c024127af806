//! Expressions by the reference of template functions, and hostile ones.

use super::super::expression::Scope;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

fn scope() -> Scope {
    let template = json!({
        "parameters": {
            "given": {"type": "string", "defaultValue": "weu"},
            "open": {"type": "string"},
            "hidden": {"type": "secureString", "defaultValue": "secret"},
            "named": {"type": "string", "defaultValue": "[concat('r-', parameters('given'))]"},
            "sku": {"type": "object", "defaultValue": {"name": "Premium"}},
            "round": {"type": "string", "defaultValue": "[parameters('round')]"},
        },
        "variables": {
            "both": ["a", "[parameters('open')]"],
            "turn": "[variables('turn')]",
            "twice": "[concat(variables('grow'), variables('grow'))]",
            "grow": "[concat(variables('twice'), variables('twice'))]",
            "copy": [{"name": "listed", "count": 2, "input": "[copyIndex('listed')]"}],
        },
    });
    Scope::of(&template.as_object().cloned().unwrap_or_else(Map::new), BTreeMap::new())
}

#[test]
fn what_follows_from_the_template_is_worked_out() {
    let cases: [(&str, Value); 18] = [
        ("plain", json!("plain")),
        ("[[plain]", json!("[plain]")),
        ("[parameters('GIVEN')]", json!("weu")),
        ("[parameters('named')]", json!("r-weu")),
        ("[parameters('sku').name]", json!("Premium")),
        ("[parameters('sku')['name']]", json!("Premium")),
        ("[variables('both')[0]]", json!("a")),
        ("[variables('listed')]", json!([0, 1])),
        ("[format('{0}-{1}-{0}', 'a', 2)]", json!("a-2-a")),
        ("[format('{0}{1}', '{1}', 'x')]", json!("{1}x")),
        ("[concat('it''s ', toLower('A'), toUpper('b'))]", json!("it's aB")),
        ("[if(equals('A', 'a'), 1, 2)]", json!(1)),
        ("[if(and(true(), not(false())), 'y', parameters('open'))]", json!("y")),
        ("[length(createArray(1, 2, 3))]", json!(3)),
        ("[add(mul(2, 3), -1)]", json!(5)),
        ("[coalesce(null(), 'x')]", json!("x")),
        (
            "[resourceId('Microsoft.Cache/redis', 'a')]",
            json!("/subscriptions/template/resourceGroups/template/providers/Microsoft.Cache/redis/a"),
        ),
        (
            "[resourceId('s', 'g', 'Microsoft.Cache/redis/linkedServers', 'a', 'b')]",
            json!("/subscriptions/s/resourceGroups/g/providers/Microsoft.Cache/redis/a/linkedServers/b"),
        ),
    ];
    for (text, expected) in cases {
        let answer = scope().text(text);
        assert_eq!((answer.value, answer.needs.len()), (expected, 0), "{text}");
    }
}

#[test]
fn what_hangs_on_something_names_it() {
    let cases = [
        ("[parameters('open')]", "{open}", "the parameter open"),
        ("[parameters('hidden')]", "{hidden}", "the parameter hidden"),
        ("[parameters('missing')]", "{missing}", "the parameter missing"),
        ("[variables('both')[1]]", "{open}", "the parameter open"),
        ("[format('r-{0}', parameters('open'))]", "r-{open}", "the parameter open"),
        ("[resourceGroup().location]", "{resourceGroup}", "resourceGroup().location"),
        ("[listKeys('a', 'b').keys[0].value]", "{listKeys}", "listKeys().keys.value"),
        ("[if(parameters('open'), 1, 2)]", "{if}", "the parameter open"),
        ("[reference('x').outputs.id.value]", "{reference}", "reference().outputs.id.value"),
        ("[own.function('x')]", "{own.function}", "own.function()"),
        ("[not an expression]", "{expression}", "an expression that is not read here"),
    ];
    for (text, shown, need) in cases {
        let answer = scope().text(text);
        let needs: Vec<&str> = answer.needs.iter().map(String::as_str).collect();
        assert_eq!((answer.value, needs), (json!(shown), vec![need]), "{text}");
    }
}

/// Names in a circle, texts that double at each step, brackets without end: each has an end here, and no value.
#[test]
fn no_expression_runs_away() {
    let wide: Value = (0..10_000).map(Value::from).collect();
    let wider: Value = (0..10_000).map(|_| Value::from("[variables('wide')]")).collect();
    let template = json!({"variables": {"wide": wide, "wider": wider}});
    let answer = Scope::of(template.as_object().unwrap(), BTreeMap::new()).text("[variables('wider')]");
    assert!(!answer.needs.is_empty(), "a hundred million numbers");
    let deep = format!("[{}'a'{}]", "concat(".repeat(5_000), ")".repeat(5_000));
    for text in
        ["[variables('turn')]", "[parameters('round')]", "[variables('twice')]", "[range(0, 999999999)]", deep.as_str()]
    {
        let answer = scope().text(text);
        assert!(
            !answer.needs.is_empty() || answer.value.as_array().is_some_and(|it| it.len() <= 1_000),
            "{}",
            &text[..20]
        );
    }
}
