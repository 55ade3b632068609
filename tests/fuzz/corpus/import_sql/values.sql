-- each way in which a dump may write a value
CREATE TABLE stories (title text, body text, date text);
INSERT INTO stories SET title = 'Ferry sinks', body=CONCAT('It', char(32), 'sank.'), date='2015-10-07' ON DUPLICATE KEY UPDATE title='No', body='No';
INSERT INTO stories VALUES ('Raised' || chr(10) || 'again', unistr('It\u000awas\\.'), CAST(0x0000A52900000000 AS DateTime));
INSERT INTO stories VALUES (N'Moored' + NCHAR(10) + N'again', TO_CLOB('It ') || TO_CLOB('is.'), to_date('2015-10-07','YYYY-MM-DD'));
INSERT INTO stories VALUES (E'\u00c4\x41\101', U&'\00e4', 'x'::text), ('\x4665727279', x'4665', 0x4665);
INSERT INTO stories (title, body) SELECT 'a', 'b';
USE `other`;
INSERT INTO unknown VALUES ((((1))), NULL);
COPY stories FROM '/tmp/stories';
