package io.lockgrid.http.sfp;

import io.lockgrid.http.wire.StrictJson;
import java.nio.charset.StandardCharsets;

/**
 * What is wrong with a text that is no JSON, in the words of {@code JSON.parse} of Node.js 22 (V8 12.4,
 * src/json/json-parser.cc), which NestJS passes on. Only looks for the fault: the text was read and refused before.
 */
final class V8Complaint {
    /** Characters of the text that are quoted on either side of a token that was not expected. */
    private static final int CONTEXT = 10;

    private final String text;
    private int at;

    private V8Complaint(String text) {
        this.text = text;
    }

    /**
     * Finds the fault.
     *
     * @throws io.lockgrid.http.wire.Rejection that names it; returns if V8 would not mind the text
     */
    static void about(String text) {
        V8Complaint complaint = new V8Complaint(text);
        complaint.skipSpace();
        // As body-parser has it, which takes nothing but these two.
        if (!complaint.isAtEnd() && !complaint.isAt('{') && !complaint.isAt('[')) {
            throw complaint.unexpected();
        }
        complaint.value(0);
        complaint.skipSpace();
        if (!complaint.isAtEnd()) {
            throw complaint.there("Unexpected non-whitespace character after JSON");
        }
    }

    private void value(int depth) {
        if (depth > StrictJson.DEPTH_MAX) {
            throw SfpReplies.badRequest("JSON is nested deeper than " + StrictJson.DEPTH_MAX + " levels");
        }
        skipSpace();
        switch (isAtEnd() ? '\0' : text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> list(depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected();
        }
    }

    private void object(int depth) {
        at++;
        skipSpace();
        if (take('}')) {
            return;
        }
        String expected = "Expected property name or '}'";
        do {
            skipSpace();
            if (!isAt('"')) {
                throw here(expected);
            }
            string();
            skipSpace();
            if (!take(':')) {
                throw here("Expected ':' after property name");
            }
            value(depth + 1);
            skipSpace();
            expected = "Expected double-quoted property name";
        } while (take(','));
        if (!take('}')) {
            throw here("Expected ',' or '}' after property value");
        }
    }

    private void list(int depth) {
        at++;
        skipSpace();
        if (take(']')) {
            return;
        }
        do {
            value(depth + 1);
            skipSpace();
        } while (take(','));
        if (!take(']')) {
            throw here("Expected ',' or ']' after array element");
        }
    }

    private void string() {
        at++;
        while (!take('"')) {
            if (isAtEnd()) {
                throw here("Unterminated string");
            }
            if (text.charAt(at) < ' ') {
                throw here("Bad control character in string literal");
            }
            if (take('\\')) {
                escape();
            } else {
                at++;
            }
        }
    }

    private void escape() {
        if (isAtEnd()) {
            throw unexpected();
        }
        if (take('u')) {
            for (int i = 0; i < 4; i++, at++) {
                if (isAtEnd() || Character.digit(text.charAt(at), 16) < 0) {
                    throw here("Bad Unicode escape");
                }
            }
        } else if ("\"\\/bfnrt".indexOf(text.charAt(at)) < 0) {
            throw here("Bad escaped character");
        } else {
            at++;
        }
    }

    private void number() {
        take('-');
        if (take('0')) {
            if (isAtDigit()) {
                throw here("Unexpected number");
            }
        } else {
            digits("No number after minus sign");
        }
        if (take('.')) {
            digits("Unterminated fractional number");
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits("Exponent part is missing a number");
        }
    }

    private void digits(String otherwise) {
        if (!isAtDigit()) {
            throw here(otherwise);
        }
        while (isAtDigit()) {
            at++;
        }
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!take(word.charAt(i))) {
                throw unexpected();
            }
        }
    }

    private void skipSpace() {
        while (!isAtEnd() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean isAtEnd() {
        return at >= text.length();
    }

    private boolean isAt(char c) {
        return !isAtEnd() && text.charAt(at) == c;
    }

    private boolean isAtDigit() {
        return !isAtEnd() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private boolean take(char c) {
        boolean isThere = isAt(c);
        at += isThere ? 1 : 0;
        return isThere;
    }

    private RuntimeException here(String what) {
        return there(what + " in JSON");
    }

    private RuntimeException there(String what) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < at; i++) {
            boolean isWithinBreak = text.charAt(i) == '\r' && text.startsWith("\n", i + 1);
            if ((text.charAt(i) == '\n' || text.charAt(i) == '\r') && !isWithinBreak) {
                line++;
                lineStart = i + 1;
            }
        }
        return SfpReplies.badRequest(
                what + " at position " + at + " (line " + line + " column " + (1 + at - lineStart) + ")");
    }

    private RuntimeException unexpected() {
        if (isAtEnd()) {
            return SfpReplies.badRequest("Unexpected end of JSON input");
        }
        boolean isLong = text.length() > 2 * CONTEXT;
        boolean isCutBefore = isLong && at >= CONTEXT;
        boolean isCutAfter = isLong && at < text.length() - CONTEXT;
        String context = text.substring(isCutBefore ? at - CONTEXT : 0, isCutAfter ? at + CONTEXT : text.length());
        String message = "Unexpected token '" + Character.toString(text.codePointAt(at)) + "', "
                + (isCutBefore ? "...\"" : "\"") + context + (isCutAfter ? "\"..." : "\"") + " is not valid JSON";
        // Half a character, cut off at an end, becomes a question mark.
        return SfpReplies.badRequest(new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
