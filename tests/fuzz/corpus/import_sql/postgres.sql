-- PostgreSQL database dump
SET standard_conforming_strings = on;
CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS $body$ SELECT ';INSERT INTO x' $body$;
CREATE TABLE public.articles (id integer NOT NULL, title text, body text, published_at date);
COPY public.articles (id, title, body, published_at) FROM stdin;
1	Ferry sinks	It sank\tslowly.\n\nC:\\boats was lost.	2015-10-07
2	Ferry raised	\N	2015-10-09
\.
INSERT INTO public.articles OVERRIDING SYSTEM VALUE VALUES (3, 'A back\slash', E'It\'s\nover', '2015-10-10');
